import { expect, test } from 'vitest'
import { type CoveredEntry, ledgerEntrySchema, outcomeOf, statusOf } from './ledger.ts'

const entry: CoveredEntry = {
  id: 'pvc.one-to-one',
  area: 'Claims',
  level: 'MUST',
  statement: 'A volume serves one claim.',
  verdict: 'holds',
  reality: 'So it is.',
  guarantees: ['pvc/a', 'pvc/b'],
}

test('an entry is covered, cannot be tested, or is open', () => {
  expect(statusOf(entry)).toBe('covered')
  expect(statusOf({ ...entry, guarantees: [], notTestable: 'Prices are no behaviour.' })).toBe('not testable')
  expect(statusOf({ ...entry, guarantees: [] })).toBe('open')
})

test.each([
  [{ 'pvc/a': 'Passed', 'pvc/b': 'Passed' }, 'proven'],
  [{ 'pvc/a': 'Passed', 'pvc/b': 'NotSupported' }, 'proven'],
  [{ 'pvc/a': 'Passed', 'pvc/b': 'Failed' }, 'otherwise than expected'],
  [{ 'pvc/a': 'Passed', 'pvc/b': 'Inconclusive' }, 'not told'],
  [{ 'pvc/a': 'NotSupported' }, 'not run'],
  [{}, 'not run'],
] as const)('with %j an entry is %s', (verdicts, outcome) => {
  expect(outcomeOf(entry, new Map(Object.entries(verdicts)))).toBe(outcome)
})

test('a refuted statement is refuted as expected when its true form is proven', () => {
  expect(outcomeOf({ ...entry, verdict: 'refuted' }, new Map([['pvc/a', 'Passed']]))).toBe('refuted as expected')
})

test('a conditional statement says when it holds', () => {
  const { area: _, guarantees: __, ...stated } = entry
  expect(ledgerEntrySchema.safeParse({ ...stated, verdict: 'conditional' }).success).toBe(false)
  expect(ledgerEntrySchema.safeParse({ ...stated, verdict: 'conditional', when: 'the class allows it' }).success).toBe(true)
})
