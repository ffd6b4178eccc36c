import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestResult } from 'allure-js-commons'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { TestCase, TestModule, Vitest } from 'vitest/node'
import { temporaryPrefix } from '../contract/owner.ts'
import { type TestRecord, testRecordSchema } from './model/test-record.ts'
import TestReporter from './test-reporter.ts'
import { startInnerVitest } from './testing/inner-vitest.ts'

const config = `export default { test: { projects: [{ test: { name: 'unit', include: ['**/*.test.js'] } }] } }`

const ends = `
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
test('passes', () => {})
test('compares', () => expect({ a: 1 }).toEqual({ a: 2 }))
test('breaks', () => { throw new Error('web is not defined') })
test('hangs', () => new Promise(() => {}), 50)
test('skips', ({ skip }) => skip('no snapshots'))
test.todo('is to be written')
describe('devices (skipped: needs root)', { skip: true }, () => test('mounts', () => {}))
describe('of a class', () => {
  afterEach(() => { throw new Error('no clean-up') })
  describe('that waits', () => test('binds', () => expect(1).toBe(2)))
})
describe('without a driver', () => {
  beforeAll(() => { throw new Error('no driver') })
  test('attaches', () => {})
})
test.each(['one', 'one'])('is named %s', () => {})
`

/** Results for Allure in a directory, by their full names. */
function resultsIn(directory: string): ReadonlyMap<string | undefined, TestResult> {
  const names = readdirSync(join(directory, 'allure-results'))
  expect(names.filter((name) => !name.endsWith('-result.json'))).toEqual([])
  const results = names.map((name) => JSON.parse(readFileSync(join(directory, 'allure-results', name), 'utf8')) as TestResult)
  return new Map(results.map((result) => [result.fullName, result]))
}

async function runInner(files: Readonly<Record<string, string>>) {
  const all = { 'vitest.config.js': config, ...files }
  const { directory, ended } = await startInnerVitest({ files: all, reporter: 'test-reporter.ts', variable: 'HOLDFAST_TESTS' })
  const said = await ended
  const record: TestRecord = testRecordSchema.parse(JSON.parse(readFileSync(join(directory, 'unit.json'), 'utf8')))
  return { directory, record, ...said }
}

test('each test is a result for Allure: how it came out and why, when, where it belongs; the record names those that failed', async () => {
  const { directory, record } = await runInner({ 'cli/run/ends.test.js': ends })
  const results = resultsIn(directory)
  const of = (name: string) => results.get(`cli/run/ends.test.js > ${name}`)
  expect(of('passes')).toMatchObject({ name: 'passes', status: 'passed', stage: 'finished', statusDetails: {} })
  expect(of('compares')).toMatchObject({
    status: 'failed',
    statusDetails: { message: 'expected { a: 1 } to deeply equal { a: 2 }', actual: expect.stringContaining('"a": 1') as string },
  })
  expect(of('compares')?.statusDetails.trace).toMatch(/^AssertionError: expected .*\n +at .*ends\.test\.js:4:/)
  expect(of('breaks')).toMatchObject({ status: 'broken', statusDetails: { message: 'web is not defined' } })
  expect(of('hangs')?.status).toBe('broken')
  expect(Number(of('hangs')?.stop) - Number(of('hangs')?.start)).toBeGreaterThanOrEqual(49)
  expect(of('of a class > that waits > binds')).toMatchObject({
    status: 'failed',
    statusDetails: { message: 'expected 1 to be 2 // Object.is equality\nno clean-up' },
    titlePath: ['cli', 'run', 'ends.test.js', 'of a class', 'that waits'],
  })
  expect(of('of a class > that waits > binds')?.labels.map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'parentSuite: cli/run',
    'suite: ends.test.js',
    'subSuite: of a class > that waits',
    expect.stringMatching(/^host: ./),
    // Which of its workers has the file is up to Vitest.
    expect.stringMatching(/^thread: unit \d+$/),
    'framework: vitest',
    'layer: unit',
  ])
  expect(of('without a driver > outside of its tests')).toMatchObject({ status: 'broken', statusDetails: { message: 'no driver' } })
  expect(['skips', 'is to be written', 'devices (skipped: needs root) > mounts', 'without a driver > attaches'].map(of)).toMatchObject([
    { status: 'skipped', statusDetails: { message: 'no snapshots' } },
    { status: 'skipped', statusDetails: { message: 'not written yet: todo' } },
    { status: 'skipped', statusDetails: { message: 'needs root' } },
    { status: 'skipped', statusDetails: { message: 'a hook before it failed: no driver' } },
  ])
  expect(of('is named one')?.historyId).not.toBe(of('is named one (2)')?.historyId)
  expect(record).toMatchObject({ passed: 3, failed: 5, skipped: 4 })
  expect(record.failedTests[1]).toEqual({ name: 'cli/run/ends.test.js > breaks', message: 'web is not defined' })
})

test('an Allure knows a test of the run before again, and takes none of their results for another', async () => {
  const files = { 'a.test.js': `import { test } from 'vitest'\ntest('passes', () => {})` }
  const [one, other] = await Promise.all([runInner(files), runInner(files)])
  const of = ({ directory }: { readonly directory: string }) => resultsIn(directory).get('a.test.js > passes')
  expect(of(one)?.historyId).toBe(of(other)?.historyId)
  expect(of(one)?.uuid).not.toBe(of(other)?.uuid)
})

test('what went wrong in no test is a result and a failed test: an import, a rejection that nobody awaits, a worker that is gone', async () => {
  const { directory, record } = await runInner({
    'import.test.js': `throw new Error('no such module')`,
    'rejection.test.js': `import { test } from 'vitest'
      test('passes', () => { Promise.reject(new Error('nobody waits')); return new Promise((resolve) => setTimeout(resolve, 50)) })`,
    'gone.test.js': `import { test } from 'vitest'\ntest('ends its worker', () => process.kill(process.pid, 'SIGKILL'))`,
  })
  const names = record.failedTests.map(({ name }) => name)
  expect(names).toContain('import.test.js > outside of its tests')
  expect(names).toContain('rejection.test.js > passes > outside of its tests')
  expect(names).toContain('gone.test.js > outside of its tests')
  expect(record.failed).toBe(names.length)
  const results = resultsIn(directory)
  expect(names.map((name) => results.get(name)?.status)).toEqual(names.map(() => 'broken'))
})

test('a run that is ended by a signal leaves the results of the tests that had ended', async () => {
  const staying = `import { test } from 'vitest'\ntest('passes', () => {})\ntest('stays', () => new Promise(() => {}), 1_000_000)`
  const files = { 'vitest.config.js': config, 'a.test.js': staying }
  const { directory, child, ended } = await startInnerVitest({ files, reporter: 'test-reporter.ts', variable: 'HOLDFAST_TESTS' })
  await mkdir(join(directory, 'allure-results'), { recursive: true })
  const watcher = watch(join(directory, 'allure-results'))
  while (!readdirSync(join(directory, 'allure-results')).some((name) => name.endsWith('.json'))) await once(watcher, 'change')
  watcher.close()
  child.kill('SIGINT')
  await ended
  expect([...resultsIn(directory).values()].map(({ name, status }) => [name, status])).toEqual([['passes', 'passed']])
})

test('results that cannot be written are said once, and cost the tests nothing', async () => {
  const passing = `import { test } from 'vitest'\ntest('one', () => {})\ntest('two', () => {})`
  const { errors, record } = await runInner({ 'a.test.js': passing, 'allure-results': 'a file where the folder belongs' })
  expect(errors.match(/Results for Allure cannot be written to .*allure-results: .*Free disk space/g)).toHaveLength(1)
  expect(record).toEqual({ passed: 2, failed: 0, skipped: 0, failedTests: [] })
})

test('tests that failed are told in the order of their file, also where the later one was heard of first', () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(directory, { recursive: true })
  })
  vi.stubEnv('HOLDFAST_TESTS', directory)
  const reporter = new TestReporter()
  const module = { id: 'm', moduleId: '/root/a.test.ts', type: 'module', project: { name: 'unit' } }
  const failed = (name: string) => ({
    ...{ id: name, name, fullName: name, module, parent: module },
    result: () => ({ state: 'failed', errors: [{ message: name }] }),
    diagnostic: () => undefined,
  })
  const [first, second] = [failed('first'), failed('second')]
  reporter.onInit({ config: { root: '/root' }, projects: [{ name: 'unit' }] } as unknown as Vitest)
  const collected = { ...module, children: { allTests: () => [first, second] } } as unknown as TestModule
  reporter.onTestModuleCollected(collected)
  reporter.onTestModuleStart(collected)
  reporter.onTestCaseResult(second as unknown as TestCase)
  reporter.onTestCaseResult(first as unknown as TestCase)
  const record = testRecordSchema.parse(JSON.parse(readFileSync(join(directory, 'unit.json'), 'utf8')))
  expect(record.failedTests.map(({ message }) => message)).toEqual(['first', 'second'])
})
