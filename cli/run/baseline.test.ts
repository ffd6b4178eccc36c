import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { type ExampleReport, exampleReport } from '../../reports/testing/example-report.ts'
import type { GivenFailures } from '../../reports/compare/known-after.ts'
import { knownFailuresText } from '../../reports/testing/example-known-failures.ts'
import { exampleSide } from '../../reports/testing/example-side.ts'
import type { ExitCode } from '../shell/exit-code.ts'
import { projectRoot } from '../shell/project-root.ts'
import { UsageError } from '../shell/usage-error.ts'
import { codeAgainstBaseline, readBaseline } from './baseline.ts'

function runDirectory(report?: ExampleReport): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  writeFileSync(join(directory, 'run.json'), '{}')
  if (report !== undefined) writeFileSync(join(directory, 'report.json'), JSON.stringify(exampleReport(report)))
  return directory
}

async function ended(code: ExitCode, directory: string, knownFailures?: GivenFailures) {
  const lines: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0)
  onTestFinished(() => spy.mockRestore())
  const baseline = exampleSide({ guarantees: { 'a/b': 'Passed' } })
  return { code: await codeAgainstBaseline(code, { baseline, directory, knownFailures }), printed: lines.join('') }
}

const worse: ExampleReport = { guarantees: { 'a/b': { verdict: 'Inconclusive', reason: 'A gap.' } } }

test.each<[ExitCode, ExitCode]>([
  [0, 1],
  [2, 1],
  [1, 1],
  [130, 130],
])('something worse makes exit code %i to %i, and both files are in the run directory', async (before, after) => {
  const directory = runDirectory(worse)
  const { code, printed } = await ended(before, directory)
  expect(code).toBe(after)
  expect(printed).toContain('    after   Inconclusive: A gap.')
  expect(printed.includes('Exit code 1: something is worse than in the baseline.')).toBe(before !== after)
  expect(JSON.parse(readFileSync(join(directory, 'comparison.json'), 'utf8'))).toMatchObject({
    kind: 'Comparison',
    result: 'something worse',
  })
  expect(readFileSync(join(directory, 'comparison.md'), 'utf8')).toMatch(/^### Holdfast: Worse: 1 guarantee\./)
})

function known(expires: string): GivenFailures {
  const entry = { guarantee: 'a/b', verdict: 'Inconclusive' as const, why: 'x', link: 'https://example.com/1', owner: 'x', expires }
  return { text: knownFailuresText([entry]), entries: [{ ...entry, line: 3 }] }
}

test('what is known does not make the exit code of a run worse, and what has expired does', async () => {
  const directory = runDirectory(worse)
  const { code, printed } = await ended(0, directory, known('2026-12-31'))
  expect([code, printed]).toEqual([0, expect.stringContaining('Nothing is worse but what is known: 1 guarantee.')])
  expect(JSON.parse(readFileSync(join(directory, 'comparison.json'), 'utf8'))).toMatchObject({ knownFailures: { gate: 'holds' } })
  expect(await ended(2, runDirectory(worse), known('2026-11-20'))).toMatchObject({ code: 1 })
})

test('for an entry that is no longer true the run has its exit code already', async () => {
  const directory = runDirectory({ guarantees: { 'a/b': 'Passed' } })
  const { code, printed } = await ended(2, directory, known('2026-12-31'))
  expect([code, printed]).toEqual([2, expect.stringContaining('Known failures that are no longer true: 1.')])
  expect(printed).not.toContain('Exit code 1')
  expect(JSON.parse(readFileSync(join(directory, 'comparison.json'), 'utf8'))).toMatchObject({ knownFailures: { gate: 'breaks' } })
})

test.each<ExitCode>([0, 2])('nothing worse leaves exit code %i', async (code) => {
  expect(await ended(code, runDirectory({ guarantees: { 'a/b': 'Passed' } }))).toMatchObject({ code })
})

test.each([undefined, { guarantees: { 'x/y': 'Passed' } } as const])(
  'a run that was not compared with its baseline is no success',
  async (report) => {
    const directory = runDirectory(report)
    expect((await ended(0, directory)).code).toBe(2)
    expect((await ended(1, directory)).code).toBe(1)
    const { code, printed } = await ended(2, directory)
    expect(code).toBe(2)
    expect(printed).toMatch(/^The run was not compared with its baseline: /)
    expect(existsSync(join(directory, 'comparison.json'))).toBe(false)
  },
)

const published = join(projectRoot, 'reports', 'published', 'v1.37.2-standard-20261128-201152-559a')

test('a baseline is read before the run, and must have something of it', async () => {
  expect(await readBaseline(published, [{ id: 'statefulset/ordered-startup' }])).toMatchObject({ runs: [{ directory: published }] })
  await expect(readBaseline(published, [{ id: 'x/y' }])).rejects.toThrow('has no guarantee of this run.')
})

function torn(file: string): string {
  const directory = runDirectory({ guarantees: { 'a/b': 'Passed' } })
  writeFileSync(join(directory, file), '{')
  return directory
}

test.each([
  ['a run that has not ended', () => runDirectory(), 'The baseline cannot be used: '],
  ['a file that is no report', () => join(projectRoot, 'package.json'), 'The baseline cannot be used: '],
  ['a file that is no JSON', () => torn('report.json'), /report\.json is not JSON\. .*[^.]\.$/],
  [
    'a report beside a torn record of its cluster',
    () => torn('cluster.json'),
    /^The baseline cannot be used: .*cluster\.json is not JSON\./,
  ],
  ['nothing', () => 'no-such-run', 'There is no run no-such-run.'],
])('%s is no baseline', async (_, name, sentence) => {
  const failed = readBaseline(name(), [{ id: 'a/b' }])
  await expect(failed).rejects.toThrow(sentence)
  await expect(failed).rejects.toBeInstanceOf(UsageError)
})
