import { describe, expect, test } from 'vitest'
import { exitCodeOf, resultOf, totalsOf } from './conformance-report.ts'

describe('resultOf', () => {
  const must = (verdict: 'Passed' | 'Failed' | 'Inconclusive' | 'NotSupported') => ({ verdict, level: 'MUST' as const })

  test('success needs every selected MUST Passed, and something that Passed', () => {
    expect(resultOf([must('Passed'), must('Passed')])).toBe('success')
    expect(resultOf([])).toBe('partial')
    expect(resultOf([{ verdict: 'NotSupported', level: 'SHOULD' }])).toBe('partial')
  })

  test('a SHOULD alone that Passed is a success', () => {
    expect(resultOf([{ verdict: 'Passed', level: 'SHOULD' }])).toBe('success')
    expect(exitCodeOf(resultOf([{ verdict: 'Passed', level: 'SHOULD' }]))).toBe(0)
  })

  test('an inconclusive or unsupported MUST makes partial', () => {
    expect(resultOf([must('Passed'), must('Inconclusive')])).toBe('partial')
    expect(resultOf([must('Passed'), must('NotSupported')])).toBe('partial')
  })

  test('an inconclusive SHOULD makes partial, an unsupported one does not', () => {
    expect(resultOf([must('Passed'), { verdict: 'Inconclusive', level: 'SHOULD' }])).toBe('partial')
    expect(resultOf([must('Passed'), { verdict: 'NotSupported', level: 'SHOULD' }])).toBe('success')
  })

  test('storage that was left behind makes partial, and hides no failure', () => {
    const leaks = ['The CSI driver still has volume v1.']
    expect(resultOf([must('Passed')], { leaks: [] })).toBe('success')
    expect(resultOf([must('Passed')], { leaks })).toBe('partial')
    expect(exitCodeOf(resultOf([must('Passed')], { leaks }))).toBe(2)
    expect(resultOf([must('Failed')], { leaks })).toBe('failure')
  })

  test('anything Failed makes failure', () => {
    expect(resultOf([must('Passed'), must('Inconclusive'), { verdict: 'Failed', level: 'MAY' }])).toBe('failure')
  })
})

test('totals count the checks of the catalogue, those that ran, the four verdicts apart, and settled statements by level', () => {
  const verdicts = ['Passed', 'Passed', 'Failed', 'Inconclusive', 'NotSupported'] as const
  const startedAt = '2026-11-21T10:00:00.000Z'
  const guarantees = verdicts.map((verdict) => ({ verdict, level: 'MUST' as const, startedAt }))
  const neverBegun = { verdict: 'Inconclusive', level: 'MUST' } as const
  const ledger = [
    { level: 'MUST', outcome: 'holds' },
    { level: 'MUST', outcome: 'shown in part: conditional' },
    { level: 'SHOULD', outcome: 'does not hold (documented wrongly, shown)' },
    { level: 'SHOULD', outcome: 'does not hold (asserted, not shown in this run)' },
  ] as const
  expect(totalsOf({ guarantees: [...guarantees, neverBegun], skipped: [{}, {}, {}], ledger })).toEqual({
    catalogue: 9,
    guarantees: 6,
    ran: 4,
    skipped: 3,
    Passed: 2,
    Failed: 1,
    Inconclusive: 2,
    NotSupported: 1,
    statements: { MUST: { all: 2, settled: 1 }, SHOULD: { all: 2, settled: 1 }, MAY: { all: 0, settled: 0 } },
  })
})
