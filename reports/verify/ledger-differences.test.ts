import { expect, test } from 'vitest'
import type { ClauseResult } from '../model/clauses.ts'
import type { LedgerResult } from '../model/ledger-results.ts'
import { ledgerDifferences } from './ledger-differences.ts'

const clause: ClauseResult = {
  ...{ key: 'order', states: 'They start in order.', outcome: 'upheld' },
  judgements: [{ guarantee: 'a/one', label: 'in-order', line: 3, outcome: 'upheld', entries: [0, 9] }],
}
const entry: LedgerResult = {
  ...{ id: 'pvc.order', area: 'PVCs', level: 'MUST', statement: 'They start in order.', verdict: 'holds', reality: 'They do.' },
  ...{ guarantees: ['a/one'], outcome: 'holds', clauses: [clause] },
}
const byDigest = new Set<string>()

test('a report that says of clauses what the evidence says has no difference', () => {
  expect(ledgerDifferences([entry], { built: [entry], byDigest })).toEqual([])
})

test('a clause that is praised without its judgement is told, and its entry too', () => {
  const built = [{ ...entry, outcome: 'not settled' as const, clauses: [{ ...clause, outcome: 'not settled' as const, judgements: [] }] }]
  expect(ledgerDifferences([entry], { built, byDigest })).toEqual([
    { entry: 'pvc.order, clause order', stored: 'upheld, a/one line 3 upheld', now: 'not settled' },
    { entry: 'pvc.order', stored: 'holds', now: 'not settled' },
  ])
  expect(ledgerDifferences([entry], { built: [{ ...entry, clauses: [] }], byDigest })).toMatchObject([{ now: 'no such clause' }])
})

test('what is kept by digest only is not compared, nor what earlier versions stored without clauses', () => {
  const built = [{ ...entry, outcome: 'not settled' as const }]
  expect(ledgerDifferences([entry], { built, byDigest: new Set(['a/one']) })).toEqual([])
  const { clauses: _, ...earlier } = entry
  expect(ledgerDifferences([earlier], { built, byDigest })).toEqual([])
})
