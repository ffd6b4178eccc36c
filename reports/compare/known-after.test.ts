import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readKnownFailures } from '../known-failures/read-known-failures.ts'
import type { KnownFailure } from '../known-failures/known-failure.ts'
import type { LedgerResult } from '../model/ledger-results.ts'
import { type ExampleReport, exampleReport } from '../testing/example-report.ts'
import { knownFailuresText } from '../testing/example-known-failures.ts'
import { exampleSide } from '../testing/example-side.ts'
import { wholeRun, wholeRuns } from '../testing/whole-run.ts'
import { changesOf, exitCodeOfChanges, exitCodeOfComparison } from './change.ts'
import { compare } from './compare.ts'
import { comparisonSchema } from './comparison.ts'
import type { GivenFailures } from './known-after.ts'
import { type RunsOfSide, runsOfSide } from './runs-of-side.ts'

const entry: KnownFailure = {
  ...{ guarantee: 'a/b', verdict: 'Failed', reason: 'Broken', why: 'A patch is on its way.' },
  ...{ link: 'https://example.com/1', owner: 'storage', expires: '2026-12-31' },
}

function given(...changed: readonly Partial<KnownFailure>[]): GivenFailures {
  const text = knownFailuresText(changed.map((change) => ({ ...entry, ...change })))
  const read = readKnownFailures(text)
  if ('mistakes' in read) throw new Error(read.mistakes[0]?.sentence)
  return { text, entries: read.entries }
}

async function compared(before: RunsOfSide, after: RunsOfSide, knownFailures?: GivenFailures) {
  const comparison = await compare({ before, after, gateDurations: false, knownFailures })
  expect(comparisonSchema.parse(comparison)).toEqual(comparison)
  const outcomes = comparison.knownFailures?.entries.map(({ outcome }) => outcome)
  return { comparison, code: exitCodeOfComparison(comparison), outcomes }
}

const passed: ExampleReport = { guarantees: { 'a/b': 'Passed', 'a/c': 'Passed' } }
const broken: ExampleReport = { guarantees: { 'a/b': { verdict: 'Failed', reason: 'Broken again.' }, 'a/c': 'Passed' } }
const otherwise: ExampleReport = { guarantees: { 'a/b': { verdict: 'Failed', reason: 'Lost.' }, 'a/c': 'Passed' } }

test('what is worse and known is listed with its entry, and does not count', async () => {
  const after = { ...broken, id: '20261122-100000-ab12' }
  const { comparison, code } = await compared(exampleSide(passed), exampleSide(after), given({}))
  expect(code).toBe(0)
  const { guarantee: _, verdict: __, reason: ___, ...known } = entry
  expect(comparison).toMatchObject({
    result: 'something worse',
    totals: { worse: 1 },
    verdicts: [{ id: 'a/b', direction: 'worse', known: [{ ...known, line: 3 }] }],
    knownFailures: { gate: 'holds', entries: [{ outcome: 'known', line: 3, run: '20261122-100000-ab12' }] },
  })
  expect(comparison.knownFailures?.sha256).toMatch(/^[0-9a-f]{64}$/)
})

test.each<[string, ExampleReport, Partial<KnownFailure>, string]>([
  ['expired', broken, { expires: '2026-11-20' }, 'a/b is still Failed, and was accepted until 2026-11-20 only.'],
  ['passes again', passed, {}, 'a/b Passed, and is listed as Failed. Remove the entry.'],
  ['matches nothing', otherwise, {}, 'a/b is Failed (Lost), and is listed with the reason "Broken". Remove'],
  ['matches nothing', passed, { guarantee: 'a/x' }, 'There is no guarantee a/x.'],
])('an entry that %s makes the exit code 1', async (...[outcome, after, change, sentence]) => {
  const { comparison, code } = await compared(exampleSide(passed), exampleSide(after), given(change))
  expect(code).toBe(1)
  expect(comparison.knownFailures).toMatchObject({ gate: 'breaks', entries: [{ outcome, says: expect.stringContaining(sentence) }] })
  expect(comparison.verdicts.filter(({ known }) => known !== undefined)).toEqual([])
})

test('an entry of another platform, or of what was not selected, counts neither way', async () => {
  const after: ExampleReport = { ...passed, skipped: [{ id: 'a/d', why: 'slow: profile full' }] }
  const file = given({ when: { kubernetes: '1.30' } }, { guarantee: 'a/d' })
  expect(await compared(exampleSide(passed), exampleSide(after), file)).toMatchObject({
    ...{ code: 0, outcomes: ['does not apply', 'not selected'] },
  })
  const foreign = given({ when: { kubernetes: '1.30' } })
  expect(await compared(exampleSide(passed), exampleSide(broken), foreign)).toMatchObject({ code: 1, outcomes: ['does not apply'] })
})

test('what is worse beside what is known still counts', async () => {
  const after: ExampleReport = { guarantees: { ...broken.guarantees, 'a/c': 'Failed' } }
  const { comparison, code } = await compared(exampleSide(passed), exampleSide(after), given({}))
  expect(code).toBe(1)
  expect(comparison.verdicts.map(({ id, known }) => [id, known?.length])).toEqual([
    ['a/b', 1],
    ['a/c', undefined],
  ])
})

test('an entry that is no longer true is no change: only a comparison as a whole ends with 1 for it', async () => {
  const { comparison, code } = await compared(exampleSide(passed), exampleSide(passed), given({}))
  expect([code, exitCodeOfChanges(changesOf(comparison))]).toEqual([1, 0])
})

describe('of several runs after', () => {
  const before = exampleSide(passed)
  const runs = (...reports: readonly [ExampleReport, ...ExampleReport[]]) => exampleSide(...reports)

  test('a guarantee is known where each run in which it did not pass is known', async () => {
    expect(await compared(before, runs(broken, broken), given({}))).toMatchObject({ code: 0, outcomes: ['known'] })
    const { comparison, code, outcomes } = await compared(before, runs(broken, otherwise), given({}))
    expect([code, outcomes]).toEqual([1, ['known']])
    expect(comparison.verdicts[0]?.known).toBeUndefined()
    const both = await compared(before, runs(broken, otherwise), given({}, { reason: 'Lost' }))
    expect(both).toMatchObject({ code: 0, outcomes: ['known', 'known'] })
    expect(both.comparison.verdicts[0]?.known?.map(({ line }) => line)).toEqual([3, 12])
  })

  test('an entry passes again only where its guarantee passed in all of them', async () => {
    expect(await compared(before, runs(passed, broken), given({}))).toMatchObject({ code: 0, outcomes: ['known'] })
    expect(await compared(before, runs(passed, passed), given({}))).toMatchObject({ code: 1, outcomes: ['passes again'] })
    const causes = given({}, { reason: 'Lost' })
    expect(await compared(before, runs(passed, broken), causes)).toMatchObject({ code: 0, outcomes: ['known', 'does not apply'] })
  })

  test('each has its own day, and one on which the entry has expired is enough', async () => {
    const later: ExampleReport = { ...broken, id: '20270101-000000-ab12', run: { startedAt: '2027-01-01T00:00:00.000Z' } }
    const { comparison, code, outcomes } = await compared(before, runs(broken, later), given({}))
    expect([code, outcomes]).toEqual([1, ['expired']])
    expect(comparison.knownFailures?.entries[0]?.run).toBe('20270101-000000-ab12')
  })

  test('what one of them did not support is not known', async () => {
    const lost: ExampleReport = { guarantees: { 'a/b': { verdict: 'NotSupported', reason: 'Cluster x lacks B.' }, 'a/c': 'Passed' } }
    expect(await compared(before, runs(broken, lost), given({}))).toMatchObject({ code: 1, outcomes: ['known'] })
  })
})

test('a statement is known where all guarantees are known that it comes from', async () => {
  const ledger = (outcome: LedgerResult['outcome']): LedgerResult[] => [
    {
      ...{ id: 'area.entry', area: 'Area', level: 'MUST', statement: 'It is so.', verdict: 'holds', reality: 'It is.' },
      ...{ guarantees: ['a/b', 'a/c'], outcome },
    },
  ]
  const before = exampleSide({ ...passed, ledger: ledger('holds') })
  const one = exampleSide({ ...broken, ledger: ledger('not settled') })
  expect(await compared(before, one, given({}))).toMatchObject({
    ...{ code: 0, comparison: { statements: [{ id: 'area.entry', direction: 'worse', known: [{ line: 3 }] }] } },
  })
  const two = exampleSide({ guarantees: { ...broken.guarantees, 'a/c': 'Failed' }, ledger: ledger('not settled') })
  const { comparison, code } = await compared(before, two, given({}))
  expect([code, comparison.statements[0]?.known]).toEqual([1, undefined])
})

test('what a report was run with does not count by itself', async () => {
  const knownFailures = {
    sha256: '0'.repeat(64),
    gate: 'success' as const,
    entries: [{ ...entry, line: 3, outcome: 'known' as const, says: 'Known.' }],
  }
  const carrying: RunsOfSide = { runs: [{ directory: '/nowhere', report: { ...exampleReport(broken), knownFailures } }], leftOut: [] }
  const { comparison, code } = await compared(exampleSide(passed), carrying)
  expect([code, comparison.knownFailures]).toEqual([1, undefined])
})

test('in two published runs, the guarantee that is no longer shown is known until its entry expires', async () => {
  const published = (name: string) => runsOfSide(join(import.meta.dirname, '..', 'published', name))
  const [before, after] = [await published('v1.37.2-standard-20261128-201152-559a'), await published('v1.37.2-full-20261129-185551-9292')]
  const rolling = { guarantee: 'updates/rolling-update', verdict: 'Inconclusive', reason: 'Cluster * has no second image' } as const
  const cases = [
    [given({ ...rolling, expires: '2026-11-29' }), 0, 'known'],
    [given({ ...rolling, expires: '2026-11-28' }), 1, 'expired'],
  ] as const
  for (const [file, code, outcome] of cases) expect(await compared(before, after, file)).toMatchObject({ code, outcomes: [outcome] })
  expect((await compared(after, before, given(rolling))).outcomes).toEqual(['passes again'])
})

test('an early report does not say what it left out, so nothing is concluded of it', async () => {
  const [before, after] = [await runsOfSide(await wholeRun(wholeRuns[0])), await runsOfSide(await wholeRun(wholeRuns[1]))]
  expect(await compared(before, after, given({ guarantee: 'dns/gone' }))).toMatchObject({ code: 0, outcomes: ['not selected'] })
})
