import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { commitsIn } from './commit-sources.ts'

/** A guarantee as an earlier version wrote it: it names a mutant that there is no more, and proves nothing. */
const suite = `conformance(
  { id: 'pvc/binds', statement: 'A claim ' + 'is bound.', level: 'MUST', mutants: ['long-gone'] },
  async () => {},
)
`

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  mkdirSync(join(root, 'suites', 'pvc'), { recursive: true })
  mkdirSync(join(root, 'docs'))
  writeFileSync(join(root, 'suites', 'pvc', 'binds.suite.ts'), suite)
  writeFileSync(join(root, 'suites', 'pvc', 'größe.txt'), '')
  writeFileSync(join(root, 'docs', 'page.md'), 'page\n')
})

afterEach(() => rmSync(root, { recursive: true }))

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Unit', '-c', 'user.email=unit@example.com']
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

test('a commit holds the sources and guarantees that it had, whatever is there today', async () => {
  git('init')
  git('add', '.')
  git('commit', '--message', 'one')
  const commit = git('rev-parse', 'HEAD')
  writeFileSync(join(root, 'suites', 'pvc', 'binds.suite.ts'), 'changed')
  expect(await commitsIn(root)(commit)).toEqual({
    digests: new Map([
      ['suites/pvc/binds.suite.ts', hash('sha256', suite)],
      ['suites/pvc/größe.txt', hash('sha256', '')],
    ]),
    guarantees: [{ id: 'pvc/binds', statement: 'A claim is bound.', level: 'MUST', mutants: ['long-gone'] }],
  })
})

test('a commit that is not there is said to be missing, in a repository and outside of one', async () => {
  const sentence = `${root} is no clone of Holdfast that has it. Give --repository a clone, after "git fetch" there.`
  expect(await commitsIn(root)('0'.repeat(40))).toBe(sentence)
  git('init')
  expect(await commitsIn(root)('0'.repeat(40))).toBe(sentence)
})

test('a commit of which files are missing is said to be incomplete, and none of them is taken for an empty one', async () => {
  git('init')
  git('add', '.')
  git('commit', '--message', 'one')
  const commit = git('rev-parse', 'HEAD')
  const blob = git('rev-parse', `${commit}:suites/pvc/binds.suite.ts`)
  rmSync(join(root, '.git', 'objects', blob.slice(0, 2), blob.slice(2)))
  expect(await commitsIn(root)(commit)).toBe(
    `${root} has commit ${commit}, but not all its files: run "git fetch --refetch" there, or give --repository another clone.`,
  )
})

test('so is one in a clone without file contents whose origin cannot be reached', async () => {
  git('init')
  git('add', '.')
  git('commit', '--message', 'one')
  git('config', 'uploadpack.allowFilter', 'true')
  const clone = join(root, 'clone')
  git('clone', '--no-checkout', '--filter=blob:none', `file://${root}`, clone)
  git('-C', clone, 'remote', 'set-url', 'origin', `file://${join(root, 'nowhere')}`)
  const commit = git('rev-parse', 'HEAD')
  expect(await commitsIn(clone)(commit)).toContain(`${clone} has commit ${commit}, but not all its files`)
})
