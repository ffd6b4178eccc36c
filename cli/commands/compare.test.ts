import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { comparisonSchema } from '../../reports/compare/comparison.ts'
import { type ExampleReport, exampleReport } from '../../reports/testing/example-report.ts'
import { knownFailuresText } from '../../reports/testing/example-known-failures.ts'
import { projectRoot } from '../shell/project-root.ts'
import { said } from '../testing/said.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

/** Places a run that has ended. Returns its directory. */
function placed(name: string, report: ExampleReport): string {
  const path = join(directory, name)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'run.json'), '{}')
  writeFileSync(join(path, 'report.json'), JSON.stringify(exampleReport({ id: name, ...report })))
  return path
}

const passed: ExampleReport = { guarantees: { 'a/b': 'Passed', 'a/c': 'Passed' } }
const failed: ExampleReport = { guarantees: { 'a/b': 'Passed', 'a/c': { verdict: 'Failed', reason: 'Broken.' } } }

test('nothing worse is 0, something worse is 1, and what got better is 0', async () => {
  const [good, bad] = [placed('good', passed), placed('bad', failed)]
  expect(await said('compare', good, placed('again', passed))).toEqual([
    0,
    expect.stringContaining('Nothing is worse. 2 guarantees compared: 2 with the same verdict.'),
  ])
  expect(await said('compare', good, bad)).toEqual([1, expect.stringContaining('    after   Failed: Broken.')])
  expect(await said('compare', bad, good)).toEqual([0, expect.stringContaining('1 better')])
})

test('what cannot be compared is 2, in one line', async () => {
  const good = placed('good', passed)
  expect(await said('compare', good, good)).toEqual([2, 'Run good is on both sides. Name each run on one side only.\n'])
  expect(await said('compare', good, placed('other', { guarantees: { 'x/y': 'Passed' } }))).toEqual([
    2,
    'No guarantee was selected on both sides. Name runs that share guarantees.\n',
  ])
  const begun = join(directory, 'begun')
  mkdirSync(begun)
  writeFileSync(join(begun, 'run.json'), '{}')
  expect(await said('compare', good, begun)).toEqual([2, expect.stringMatching(/^[^\n]*the run has not ended, or was killed\.[^\n]*\n$/)])
})

test('a report that nobody understands is wrong usage', async () => {
  const good = placed('good', passed)
  writeFileSync(join(directory, 'strange.json'), '{}')
  expect(await said('compare', good, join(directory, 'strange.json'))).toEqual([
    3,
    expect.stringContaining('strange.json is not what a run writes'),
  ])
  writeFileSync(join(directory, 'torn.json'), '{')
  expect(await said('compare', good, join(directory, 'torn.json'))).toEqual([
    3,
    expect.stringMatching(/torn\.json is not JSON\. [^\n]*[^.\n]\. Name reports that Holdfast wrote\.\n$/),
  ])
})

test('a directory of runs is one side: flaky verdicts are told with counts', async () => {
  const before = join(directory, 'good')
  placed('good', passed)
  for (const name of ['one', 'two']) placed(join('several', name), passed)
  placed(join('several', 'three'), failed)
  expect(await said('compare', before, join(directory, 'several'))).toEqual([
    1,
    expect.stringContaining('    after   flaky (2 Passed, 1 Failed): Broken.'),
  ])
})

test('durations gate only when they are asked to', async () => {
  const report = (seconds: number): ExampleReport => ({
    guarantees: { 'a/b': 'Passed', 'a/c': 'Passed', 'a/d': 'Passed', 'a/slow': { verdict: 'Passed', seconds } },
  })
  const [before, after] = [placed('before', report(10)), placed('after', report(100))]
  expect(await said('compare', before, after)).toEqual([0, expect.stringContaining('  slower  a/slow  10.0 s → 100.0 s, × 10.00')])
  expect(await said('compare', before, after, '--gate-durations')).toEqual([1, expect.stringContaining('Worse: 1 duration.')])
})

test('a file is written once', async () => {
  const [good, bad] = [placed('good', passed), placed('bad', failed)]
  const file = join(directory, 'comparison.json')
  expect(await said('compare', good, bad, '--format', 'json', '--output', file)).toEqual([1, `Written to ${file}.\n`])
  expect(comparisonSchema.parse(JSON.parse(readFileSync(file, 'utf8')))).toMatchObject({ result: 'something worse' })
  expect(await said('compare', good, bad, '--output', file)).toEqual([3, expect.stringContaining('is there already.')])
  expect(await said('compare', good, bad, '--output', join(directory, 'none', 'x'))).toEqual([
    3,
    expect.stringContaining('There is no directory'),
  ])
})

test('a file that cannot be written is told as that', async () => {
  const [good, bad] = [placed('good', passed), placed('bad', failed)]
  const link = join(directory, 'dangling')
  symlinkSync(join(directory, 'nothing'), link)
  expect(await said('compare', good, bad, '--output', link)).toEqual([
    3,
    `${link} cannot be written: EEXIST: file already exists, open '${link}'. Name a file that is not there yet, in a directory that you can write to.\n`,
  ])
})

const published = join(projectRoot, 'reports', 'published')
const standard = join(published, 'v1.37.2-standard-20261128-201152-559a')
const full = join(published, 'v1.37.2-full-20261129-185551-9292')

/** Places a file that knows the one guarantee that the full run did not show. */
function knownUntil(expires: string): string {
  const file = join(directory, `${expires}.yaml`)
  const entry = { guarantee: 'updates/rolling-update', verdict: 'Inconclusive' as const, reason: 'has no second image' }
  writeFileSync(file, knownFailuresText([{ ...entry, why: 'One image.', link: 'https://example.com/1', owner: 'platform', expires }]))
  return file
}

test('of two published runs, what is worse and known is 0, and once its entry has expired 1', async () => {
  const [code, text] = await said('compare', standard, full, '--known-failures', knownUntil('2026-11-29'))
  expect(code).toBe(0)
  expect(text).toContain('Nothing is worse but what is known: 1 guarantee. 118 guarantees compared')
  expect(text).toContain('    known until 2026-11-29 (platform, https://example.com/1): One image.')
  const expired = await said('compare', standard, full, '--known-failures', knownUntil('2026-11-28'))
  expect(expired[0]).toBe(1)
  expect(expired[1]).toContain(
    '  expired: line 3: updates/rolling-update is still Inconclusive, and was accepted until 2026-11-28 only. Mend what fails, or agree on',
  )
})

test('a file of known failures with a mistake is refused before anything is compared', async () => {
  const file = join(directory, 'bad.yaml')
  writeFileSync(file, 'knownFailures: [{ guarantee: a/b }]')
  const output = join(directory, 'comparison.txt')
  const [code, text] = await said('compare', standard, full, '--known-failures', file, '--output', output)
  expect([code, existsSync(output)]).toEqual([3, false])
  expect(text).toMatch(/^[^\n]*bad\.yaml line 1: The entry of a\/b has no verdict\./)
})
