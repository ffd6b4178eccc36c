import { expect, test } from 'vitest'
import { type ConformanceReport, type GuaranteeResult, resultOf, totalsOf } from '../model/conformance-report.ts'
import { headline, resultMeaning, skippedByReason, statementsLine } from './headline.ts'

const startedAt = '2026-11-21T10:00:00.000Z'
const one = (verdict: GuaranteeResult['verdict'], level: GuaranteeResult['level'] = 'MUST') =>
  ({ verdict, level, startedAt }) as GuaranteeResult
const run = {} as ConformanceReport['run']
const skipped = (count: number, why: string) => Array.from({ length: count }, (_, index) => ({ id: `a/b-${index}`, why }))

function lineOf(guarantees: readonly GuaranteeResult[], left: number): string {
  return headline({ guarantees: [...guarantees], totals: totalsOf({ guarantees, skipped: skipped(left, 'slow') }) })
}

test('the headline counts what ran against all checks there are', () => {
  expect(lineOf([one('Passed'), one('Passed')], 1)).toBe('2 of 3 checks ran: 2 Passed')
  expect(lineOf([one('Passed'), one('Failed'), one('NotSupported')], 0)).toBe('2 of 3 checks ran: 1 Passed, 1 Failed; 1 NotSupported')
})

test('a run of one SHOULD says that no MUST was selected, and is a success', () => {
  const guarantees = [one('Passed', 'SHOULD')]
  expect(lineOf(guarantees, 179)).toBe('1 of 180 checks ran: 1 Passed; no MUST was selected')
  expect(resultMeaning({ guarantees, run, result: resultOf(guarantees) })).toBe('what was selected holds; no MUST was selected')
})

test('storage counts as left behind where the run says so, not where an earlier rule made it partial', () => {
  const guarantees = [one('Passed', 'SHOULD')]
  const meaningOf = (leaks?: string[]) => resultMeaning({ guarantees, run: { ...run, ...(leaks && { leaks }) }, result: 'partial' })
  expect(meaningOf()).toBe('not everything that was selected was shown to hold')
  expect(meaningOf(['Volume v1 is still there.'])).toBe('what was selected holds, but the run left storage behind')
})

test('a check that never began did not run', () => {
  const { startedAt: _, ...idle } = one('Inconclusive')
  expect(lineOf([one('Passed'), idle], 0)).toBe('1 of 2 checks ran: 1 Passed; 1 selected but never started')
  expect(lineOf([idle], 0)).toBe('0 of 1 check ran; 1 selected but never started')
})

test('reasons are counted, the most frequent first', () => {
  expect(skippedByReason({ skipped: [...skipped(1, 'slow'), ...skipped(2, 'need Velero')] })).toEqual(['2 need Velero', '1 slow'])
})

test('statements that are settled are counted against all of them', () => {
  const ledger = [
    { level: 'MUST', outcome: 'holds' },
    { level: 'MUST', outcome: 'not run' },
    { level: 'MAY', outcome: 'does not hold (documented wrongly, shown)' },
  ] as const
  expect(statementsLine({ totals: totalsOf({ guarantees: [], skipped: [], ledger }) })).toBe(
    '1 of 2 MUST statements of the ledger are settled, 2 of 3 of all levels',
  )
  expect(statementsLine({ totals: totalsOf({ guarantees: [], skipped: [] }) })).toBeUndefined()
})
