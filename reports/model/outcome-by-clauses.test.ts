import { expect, test } from 'vitest'
import type { ClauseResult } from './clauses.ts'
import { outcomeByClauses } from './outcome-by-clauses.ts'

const clause = (key: string, outcome: ClauseResult['outcome'], more: Partial<ClauseResult> = {}): ClauseResult => ({
  ...{ key, states: 'It is so.', outcome, judgements: [] },
  ...more,
})
const text = (verdict: 'holds' | 'refuted' | 'conditional', ...clauses: readonly ClauseResult[]) => {
  const outcome = outcomeByClauses(verdict, clauses)
  return outcome === undefined ? undefined : [outcome.outcome, ...(outcome.why === undefined ? [] : [outcome.why])].join(': ')
}

test('only with all clauses upheld does a statement hold; else it is partly proven, and says what is missing', () => {
  expect(text('holds', clause('order', 'upheld'), clause('ready', 'upheld'))).toBe('holds')
  expect(text('holds', clause('order', 'upheld'), clause('ready', 'no judgement yet'))).toBe(
    'partly proven: clause "ready": no judgement yet',
  )
  const nobody = clause('for-ever', 'nobody can decide it', { why: 'A run ends.' })
  expect(text('holds', clause('order', 'upheld'), nobody)).toBe('partly proven: clause "for-ever": nobody can decide it (A run ends)')
})

test('a refuted statement is shown to be wrong by all clauses of what is true', () => {
  expect(text('refuted', clause('two', 'upheld'))).toBe('does not hold (documented wrongly, shown)')
  expect(text('refuted', clause('two', 'upheld'), clause('three', 'not run'))).toBe('partly proven: clause "three": not run')
})

test('a clause that was violated is a check that Failed', () => {
  expect(text('holds', clause('order', 'upheld'), clause('ready', 'violated', { why: 'a/one' }))).toBe(
    'a check Failed: clause "ready": violated (a/one)',
  )
})

test('no branch of a condition is proven by the other', () => {
  const met = clause('with', 'upheld', { branch: 'met' })
  const notMet = clause('without', 'upheld', { branch: 'not met' })
  expect(text('conditional', met, notMet)).toBe('condition met: holds; not met: does not')
  expect(text('conditional', met)).toBe('condition met: holds: nothing shows what happens where the condition is not met')
  expect(text('conditional', notMet)).toBe('condition not met: does not hold: nothing shows what happens where the condition is met')
  const unrun = clause('with', 'not run', { branch: 'met', why: 'the gate is off' })
  expect(text('conditional', unrun, notMet)).toBe('condition not met: does not hold: clause "with": not run (the gate is off)')
  expect(text('conditional', met, clause('also', 'not settled', { branch: 'met' }))).toBe('partly proven: clause "also": not settled')
})

test('where nothing was judged, the checks of the entry say why', () => {
  expect(text('holds', clause('order', 'not run'))).toBeUndefined()
  expect(text('holds', clause('order', 'not settled', { why: 'a/one Inconclusive' }))).toBe(
    'not settled: clause "order": not settled (a/one Inconclusive)',
  )
})
