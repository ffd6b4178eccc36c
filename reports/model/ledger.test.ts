import { expect, test } from 'vitest'
import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'
import { type CoveredEntry, ledgerEntrySchema, outcomeOf, outcomeText, statusOf } from './ledger.ts'

const entry: CoveredEntry = {
  id: 'pvc.one-to-one',
  area: 'PVCs',
  level: 'MUST',
  statement: 'A volume serves one PVC.',
  verdict: 'holds',
  reality: 'So it is.',
  guarantees: ['pvc/a', 'pvc/b'],
}

test('an entry is checked, cannot be tested, or has no check yet', () => {
  expect(statusOf(entry)).toBe('checked')
  expect(statusOf({ ...entry, guarantees: [], notTestable: 'Prices are no behaviour.' })).toBe('not testable')
  expect(statusOf({ ...entry, guarantees: [] })).toBe('no check yet')
})

const notRun = new Map([['pvc/b', 'slow: profile full']])
const textOf = (changes: Partial<CoveredEntry>, verdicts: Readonly<Record<string, VerdictName>>) =>
  outcomeText(outcomeOf({ ...entry, ...changes }, { verdicts: new Map(Object.entries(verdicts)), notRun }))

test.each([
  [{ 'pvc/a': 'Passed', 'pvc/b': 'Passed' }, 'holds'],
  [{ 'pvc/a': 'Passed' }, 'not settled: pvc/b not run (slow: profile full)'],
  [{ 'pvc/a': 'Passed', 'pvc/b': 'NotSupported' }, 'not settled: pvc/b not run (slow: profile full)'],
  [{ 'pvc/a': 'Passed', 'pvc/b': 'Failed' }, 'a check Failed: pvc/b'],
  [{ 'pvc/a': 'Passed', 'pvc/b': 'Inconclusive' }, 'not settled: pvc/b Inconclusive'],
  [{ 'pvc/a': 'Inconclusive' }, 'not settled: pvc/a Inconclusive; pvc/b not run (slow: profile full)'],
  [{ 'pvc/a': 'NotSupported' }, 'not run: not part of this run; slow: profile full'],
] as const)('with %j an entry is: %s', (verdicts, outcome) => {
  expect(textOf({}, verdicts)).toBe(outcome)
})

test('a refuted statement is shown to be wrong only when all its checks ran and Passed', () => {
  const refuted = { verdict: 'refuted' } as const
  expect(textOf(refuted, { 'pvc/a': 'Passed', 'pvc/b': 'Passed' })).toBe('does not hold (documented wrongly, shown)')
  const asserted = 'does not hold (asserted, not shown in this run)'
  expect(textOf(refuted, { 'pvc/a': 'Passed' })).toBe(`${asserted}: not settled: pvc/b not run (slow: profile full)`)
  expect(textOf({ ...refuted, guarantees: [] }, {})).toBe(`${asserted}: no check yet`)
  expect(textOf({ ...refuted, guarantees: [], notTestable: 'advice' }, {})).toBe(`${asserted}: not testable: advice`)
})

test('a conditional statement is shown in part, whatever Passed', () => {
  expect(textOf({ verdict: 'conditional', when: 'it is asked for' }, { 'pvc/a': 'Passed', 'pvc/b': 'Passed' })).toBe(
    'shown in part: conditional',
  )
})

test('a conditional statement says when it holds', () => {
  const { area: _, guarantees: __, ...stated } = entry
  expect(ledgerEntrySchema.safeParse({ ...stated, verdict: 'conditional' }).success).toBe(false)
  expect(ledgerEntrySchema.safeParse({ ...stated, verdict: 'conditional', when: 'the class allows it' }).success).toBe(true)
})
