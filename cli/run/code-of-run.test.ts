import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { GivenFailures } from '../../reports/compare/known-after.ts'
import { type ExampleReport, exampleReport } from '../../reports/testing/example-report.ts'
import { exampleSide } from '../../reports/testing/example-side.ts'
import type { ExitCode } from '../shell/exit-code.ts'
import { codeOfRun, type EndedRun } from './code-of-run.ts'

const passed: ExampleReport = { guarantees: { 'a/b': 'Passed' } }
const worse: ExampleReport = { guarantees: { 'a/b': { verdict: 'Inconclusive', reason: 'A gap.' } } }
const entry = { guarantee: 'a/b', verdict: 'Inconclusive' as const, why: 'x', link: 'https://example.com/1', owner: 'x', line: 3 }
const known: GivenFailures = { text: '', entries: [{ ...entry, expires: '2026-12-31' }] }

/** What a run ends with that left a report, and what it printed. */
async function ended(code: ExitCode, report: ExampleReport, rest: Partial<EndedRun> = {}) {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  writeFileSync(join(directory, 'report.json'), JSON.stringify(exampleReport({ id: 'ended', ...report })))
  const lines: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0)
  onTestFinished(() => spy.mockRestore())
  const run: EndedRun = { directory, baseline: undefined, knownFailures: undefined, work: { status: 'fulfilled', value: 0 }, ...rest }
  return { code: await codeOfRun(code, run), printed: lines.join(''), isCompared: existsSync(join(directory, 'comparison.json')) }
}

const baseline = exampleSide(passed)

test('without a baseline, nothing is compared', async () => {
  expect(await ended(2, worse)).toEqual({ code: 2, printed: '', isCompared: false })
})

test('what is worse than in the baseline ends the run with 1, and what is known does not', async () => {
  expect(await ended(0, worse, { baseline })).toMatchObject({ code: 1, isCompared: true })
  expect(await ended(0, worse, { baseline, knownFailures: known })).toMatchObject({ code: 0, isCompared: true })
  expect(await ended(0, passed, { baseline })).toMatchObject({ code: 0, isCompared: true })
})

test('an error outside the tests makes no success of a run, and nothing else of one that is none', async () => {
  const work = { status: 'fulfilled', value: null } as const
  const sentence = 'All verdicts are a success, but Vitest exited with a signal: an error occurred outside the tests.\n'
  expect(await ended(0, passed, { work })).toMatchObject({ code: 2, printed: sentence })
  expect(await ended(0, passed, { work, baseline })).toMatchObject({ code: 2, printed: expect.stringContaining(sentence) })
  expect(await ended(0, worse, { work, baseline })).toMatchObject({ code: 1, printed: expect.not.stringContaining('Vitest') })
  expect(await ended(130, passed, { work })).toMatchObject({ code: 130, printed: '' })
  expect(await ended(0, passed, { work: { status: 'rejected', reason: new Error('broken') } })).toMatchObject({ code: 0, printed: '' })
})
