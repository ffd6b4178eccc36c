import { rm } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { KnownFailure } from '../known-failures/known-failure.ts'
import { exampleKnownFailures, knownFailuresText } from '../testing/example-known-failures.ts'
import { exampleGuarantees, exampleRun } from '../testing/example-run.ts'
import { writeReports } from '../write-reports.ts'
import { buildReport } from './build-report.ts'
import { exitCodeOf } from './conformance-report.ts'
import { gateBy, gateOf } from './gate.ts'
import { reportOfRun } from './report-of-run.ts'

const [failed, unsure] = exampleKnownFailures as [KnownFailure, KnownFailure]
const passes: KnownFailure = { ...failed, guarantee: 'statefulset/ordered-startup', reason: undefined }
const unselected: KnownFailure = { ...failed, guarantee: 'velero/comes-back' }
const skipped = [{ id: 'velero/comes-back', statement: 'It comes back.', level: 'MUST' as const, why: 'need Velero: profile velero' }]

async function reportWith(entries: readonly KnownFailure[], examples = exampleGuarantees) {
  const directory = await exampleRun({ examples, skipped, knownFailures: knownFailuresText(entries) })
  onTestFinished(() => rm(directory, { recursive: true }))
  const { report, exitCode } = await writeReports(directory)
  return { report, exitCode, directory }
}

test.each([
  ['all that failed is known', [failed, unsure], 'success'],
  ['nothing is known', [], 'failure'],
  ['what Failed is known, what was Inconclusive is not', [failed], 'partial'],
  ['what was Inconclusive is known, what Failed is not', [unsure], 'failure'],
  ['one expired', [{ ...failed, expires: '2026-11-20' }, unsure], 'failure'],
  ['one expired that is Inconclusive', [failed, { ...unsure, expires: '2026-11-20' }], 'partial'],
  ['it ended on the day of the run', [{ ...failed, expires: '2026-11-21' }, unsure], 'success'],
  ['one passes again', [failed, unsure, passes], 'partial'],
  ['one matches nothing', [failed, unsure, { ...failed, guarantee: 'dns/gone' }], 'partial'],
  ['one is for another platform', [failed, unsure, { ...passes, when: { driver: 'ebs.csi.aws.com' } }], 'success'],
  ['one was not selected', [failed, unsure, unselected], 'success'],
  ['one is for this StorageClass', [{ ...failed, when: { storageClass: 'holdfast', profile: undefined } }, unsure], 'success'],
] as const)('%s: the gate is %s', async (_, entries, gate) => {
  const { report, exitCode } = await reportWith(entries)
  const { knownFailures: __, ...without } = report
  const plain = await reportWith([])
  expect({ gate: report.knownFailures?.gate, exitCode }).toEqual({ gate, exitCode: exitCodeOf(gate) })
  expect(gateOf(report)).toBe(gate)
  // Verdicts, totals and the result are those of a run without known failures.
  expect({ ...without, knownFailures: undefined }).toEqual({ ...plain.report, knownFailures: undefined })
})

test('where the only guarantee is known to fail, the gate is open', async () => {
  const { report } = await reportWith([failed], exampleGuarantees.slice(1, 2))
  expect([report.result, gateOf(report)]).toEqual(['failure', 'success'])
})

test('storage that was left behind is no known failure', async () => {
  const { report } = await reportWith([failed, unsure])
  const { knownFailures } = report
  if (knownFailures === undefined) throw new Error('There are no known failures.')
  expect(gateBy(knownFailures, { ...report, run: { ...report.run, leaks: ['Volume v1 remains.'] } })).toBe('partial')
})

test('a report without known failures has no such section, and its result is the gate', async () => {
  const directory = await exampleRun()
  onTestFinished(() => rm(directory, { recursive: true }))
  const report = await buildReport(directory)
  expect('knownFailures' in report).toBe(false)
  expect(gateOf(report)).toBe('failure')
})

test('the stored report is the report of a run; without one it is built', async () => {
  const { report, directory } = await reportWith([failed])
  expect(await reportOfRun(directory)).toEqual(report)
  await rm(`${directory}/report.json`)
  expect(await reportOfRun(directory)).toEqual(report)
})
