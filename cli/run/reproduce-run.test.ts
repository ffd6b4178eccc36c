import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { reproductionOf } from '../../reports/render/reproduce.ts'
import { exampleReport } from '../../reports/testing/example-report.ts'
import { changesOf, checkoutOf } from './checkout.ts'

let directory: string

beforeEach(() => (directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))))

afterEach(() => rmSync(directory, { recursive: true }))

test('the command of a run with changes and suites of one’s own, given to a shell, runs them from the same files', () => {
  const [repository, run] = ['repository', 'the run'].map((name) => join(directory, name))
  if (repository === undefined || run === undefined) throw new Error('There are no directories.')
  mkdirSync(join(repository, 'suites'), { recursive: true })
  mkdirSync(join(run, 'own-suites', 'keeper'), { recursive: true })
  writeFileSync(join(repository, 'holdfast'), '#!/bin/sh\ncat suites/one.suite.ts\nprintf "%s\\n" "$@"\n', { mode: 0o755 })
  writeFileSync(join(repository, 'suites', 'one.suite.ts'), 'one\n')
  const identity = ['-c', 'user.name=Unit', '-c', 'user.email=unit@example.com']
  for (const args of [['init'], ['add', '.'], ['commit', '--message', 'one']])
    execFileSync('git', [...identity, ...args], { cwd: repository, stdio: 'ignore' })
  writeFileSync(join(repository, 'suites', 'one.suite.ts'), 'changed\n')
  writeFileSync(join(run, 'changes.patch'), changesOf(repository) ?? '')
  const ownSuites = [{ name: 'keeper', areas: ['keeper'], files: 1, sha256: 'a'.repeat(64) }]
  const report = exampleReport({
    guarantees: { 'keeper/opens': 'Passed' },
    run: { ...checkoutOf(repository), repository, command: 'holdfast run --suites /somewhere/else', ownSuites },
    cluster: { profile: 'default', nodes: [], versions: { kubernetes: 'v1.37.2' } },
  })
  const { command } = reproductionOf(report, (path) => existsSync(join(run, path)))
  const out = execFileSync('sh', ['-c', command], { cwd: run, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  expect(out.split('\n')).toEqual(
    expect.arrayContaining(['changed', 'run', '--suites', `${run}/own-suites/keeper`, '--kubernetes', '1.37.2']),
  )
  expect(readFileSync(join(repository, 'suites', 'one.suite.ts'), 'utf8')).toBe('changed\n')
})
