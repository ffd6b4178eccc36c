import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildReport } from '../model/build-report.ts'
import type { ConformanceReport, SkippedCheck } from '../model/conformance-report.ts'
import { exampleRun } from '../testing/example-run.ts'
import { readReport, reportProblems } from './verify-run.ts'

const skipped: readonly SkippedCheck[] = [
  { id: 'pvc/binds', statement: 'A claim is bound.', level: 'MUST', why: 'it is not in profile quick' },
  { id: 'pvc/expands', statement: 'A claim is expanded.', level: 'MAY', why: 'it is not in profile quick' },
]

let directory: string

beforeEach(async () => {
  directory = await exampleRun({ skipped })
})

afterEach(() => rmSync(directory, { recursive: true }))

async function problemsOf(change: (report: ConformanceReport) => void): Promise<readonly string[]> {
  const report = await buildReport(directory)
  change(report)
  writeFileSync(join(directory, 'report.json'), JSON.stringify(report))
  return reportProblems(directory, await readReport(directory))
}

test('a report that nobody touched is what the files of its run make it', async () => {
  expect(await problemsOf(() => undefined)).toEqual([])
})

test.each<[string, (report: ConformanceReport) => void, string]>([
  [
    'why a check was skipped',
    ({ skipped: [first] }) => Object.assign(first ?? {}, { why: 'the driver is known to lack it' }),
    'report.json: the why of pvc/binds is "the driver is known to lack it", and skipped.json makes it "it is not in profile quick".',
  ],
  [
    'the statement of a skipped check',
    ({ skipped: [first] }) => Object.assign(first ?? {}, { statement: 'A claim may be bound.' }),
    'report.json: the statement of pvc/binds is "A claim may be bound.", and skipped.json makes it "A claim is bound.".',
  ],
  [
    'that a check was skipped',
    ({ skipped: all, totals }) => {
      all.shift()
      Object.assign(totals, { skipped: 1, catalogue: totals.catalogue - 1 })
    },
    'report.json: pvc/binds is not skipped, and is in skipped.json.',
  ],
  [
    'a check that ran, into one that was skipped',
    ({ skipped: all, guarantees, totals }) => {
      const ran = guarantees.splice(0, 1).map(({ id, statement, level }) => ({ id, statement, level, why: 'it is not in profile quick' }))
      all.unshift(...ran)
      Object.assign(totals, { skipped: 3, guarantees: totals.guarantees - 1, ran: totals.ran - 1, Inconclusive: 0 })
    },
    'report.json: expansion/online is skipped, and is not in skipped.json.',
  ],
  [
    'a skipped check, into two',
    ({ skipped: all, totals }) => {
      all.push(...all.slice(0, 1))
      Object.assign(totals, { skipped: 3, catalogue: totals.catalogue + 1 })
    },
    'report.json: what is skipped is listed otherwise than in skipped.json.',
  ],
])('a report that changes %s is not what the files of its run make it', async (_, change, sentence) => {
  expect(await problemsOf(change)).toEqual([sentence])
})
