import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { changesOf, checkoutOf, publicAddress, sourceSums } from './checkout.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  mkdirSync(join(root, 'suites'))
  writeFileSync(join(root, 'suites', 'one.suite.ts'), 'one\n')
})

afterEach(() => rmSync(root, { recursive: true }))

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Unit', '-c', 'user.email=unit@example.com']
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

function committed(): string {
  git('init')
  git('add', '.')
  git('commit', '--message', 'one')
  return git('rev-parse', 'HEAD')
}

test('a checkout is its commit and its repository, without the password in its address', () => {
  const commit = committed()
  expect(checkoutOf(root)).toEqual({ commit })
  git('remote', 'add', 'origin', 'https://robot:secret@git.example.com/storage/holdfast.git')
  expect(checkoutOf(root)).toEqual({ commit, repository: 'https://git.example.com/storage/holdfast.git' })
})

test('what differs from the commit is named: followed files, and suites that are not followed', () => {
  const commit = committed()
  writeFileSync(join(root, 'holdfast.yaml'), 'workers: 2\n')
  expect(checkoutOf(root)).toEqual({ commit })
  writeFileSync(join(root, 'suites', 'two ü.suite.ts'), 'two\n')
  writeFileSync(join(root, 'suites', 'one.suite.ts'), 'changed\n')
  expect(checkoutOf(root)).toEqual({ commit: `${commit}-dirty`, changedFiles: ['suites/one.suite.ts', 'suites/two ü.suite.ts'] })
})

test('what is on top of the commit is a patch that makes the same files of it', () => {
  committed()
  expect(changesOf(root)).toBeUndefined()
  const changed = {
    'suites/one.suite.ts': 'changed\n',
    'suites/two ü.suite.ts': 'two\nwithout an end',
    'suites/in/three.yaml': 'three: 3\n',
  }
  mkdirSync(join(root, 'suites', 'in'))
  for (const [path, text] of Object.entries(changed)) writeFileSync(join(root, path), text)
  writeFileSync(join(root, 'notes.txt'), 'nobody asks for them\n')
  const patch = changesOf(root) ?? ''
  git('clean', '--force', '-d')
  git('checkout', '.')
  writeFileSync(join(root, 'changes.patch'), patch)
  git('apply', 'changes.patch')
  for (const [path, text] of Object.entries(changed)) expect(readFileSync(join(root, path), 'utf8')).toBe(text)
  expect(patch).not.toContain('notes.txt')
})

test('of more changes than a run keeps, none are kept', () => {
  committed()
  writeFileSync(join(root, 'suites', 'large.yaml'), `${'x'.repeat(99)}\n`.repeat(11_000))
  expect(changesOf(root)).toBeUndefined()
})

test('a checkout that git cannot compare with its commit is not said to be clean', () => {
  const commit = committed()
  writeFileSync(join(root, '.git', 'index'), 'damaged')
  expect(checkoutOf(root)).toEqual({ commit: `${commit}-dirty` })
})

test('a checkout with more changed files than fit into a megabyte of paths is not said to be clean', () => {
  const commit = committed()
  const folder = join(root, 'suites', 'a'.repeat(200), 'b'.repeat(200), 'c'.repeat(200))
  mkdirSync(folder, { recursive: true })
  for (let index = 0; index < 1800; index++) writeFileSync(join(folder, `${index}.suite.ts`), '')
  const { commit: said, changedFiles } = checkoutOf(root)
  expect(said).toBe(`${commit}-dirty`)
  expect(changedFiles).toHaveLength(50)
})

test('what is no checkout of Holdfast has no commit, even below a checkout of something else', () => {
  expect(checkoutOf(root)).toEqual({ commit: 'unknown' })
  committed()
  expect(checkoutOf(join(root, 'suites'))).toEqual({ commit: 'unknown' })
})

test('the sources are suites, ledger and harness, without tests', () => {
  for (const path of ['harness', 'contract', 'docs', join('suites', 'ledger')]) mkdirSync(join(root, path))
  for (const path of ['harness/act.ts', 'harness/act.test.ts', 'docs/page.ts', 'suites/kills.json', 'suites/ledger/a.yaml'])
    writeFileSync(join(root, path), path)
  const line = (path: string, text: string) => `${hash('sha256', text)}  ${path}\n`
  const expected = [
    line('harness/act.ts', 'harness/act.ts'),
    line('suites/ledger/a.yaml', 'suites/ledger/a.yaml'),
    line('suites/one.suite.ts', 'one\n'),
  ]
  expect(sourceSums(root)).toBe(expected.join(''))
})

test.each([
  ['https://github.com/example/holdfast.git', 'https://github.com/example/holdfast.git'],
  ['https://token@github.com/example/holdfast', 'https://github.com/example/holdfast'],
  ['https://user:p%40ss@git.example.com:8443/holdfast?private_token=abc#x', 'https://git.example.com:8443/holdfast'],
  ['ssh://git:secret@git.example.com:2222/holdfast.git', 'ssh://git.example.com:2222/holdfast.git'],
  ['git@github.com:example/holdfast.git', 'ssh://github.com/example/holdfast.git'],
  ['git::https://user:token@git.example.com/holdfast', undefined],
  ['git.example.com:user:token@example/holdfast', undefined],
  ['git.example.com::holdfast', undefined],
  ['/home/ada/holdfast', undefined],
  ['../holdfast', undefined],
  ['file:///home/ada/holdfast', undefined],
  [String.raw`C:\Users\ada\holdfast`, undefined],
  ['', undefined],
])('the address of %j is %j', (remote, address) => {
  expect(publicAddress(remote)).toBe(address)
})
