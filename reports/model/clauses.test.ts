import { expect, test } from 'vitest'
import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'
import { clauseResult, type CoveredClause, type LabelledJudgement } from './clauses.ts'

const clause: CoveredClause = {
  key: 'order',
  states: 'In order.',
  judgedBy: { 'a/one': ['in-order', 'one-at-a-time'], 'a/two': ['again'] },
}
const judgement = (label: string, outcome: LabelledJudgement['outcome'] = 'upheld', line = 1): LabelledJudgement => ({
  ...{ verb: 'toUphold', label, outcome, fromSeq: 0, untilSeq: 9, line },
})
const resultOf = (
  verdicts: Readonly<Record<string, VerdictName>>,
  judgements: Readonly<Record<string, readonly LabelledJudgement[]>> = {},
  changes: Partial<CoveredClause> = {},
) => {
  const maps = { verdicts: new Map(Object.entries(verdicts)), judgements: new Map(Object.entries(judgements)) }
  return clauseResult({ ...clause, ...changes }, { ...maps, notRun: new Map([['a/two', 'slow']]) })
}
const both = [judgement('in-order', 'upheld', 3), judgement('one-at-a-time', 'upheld', 4)]

test('a clause is upheld by one guarantee that Passed, all of its labels upheld; the judgements say where they looked', () => {
  const { outcome, judgements } = resultOf({ 'a/one': 'Passed' }, { 'a/one': both })
  expect(outcome).toBe('upheld')
  expect(judgements).toEqual([
    { guarantee: 'a/one', label: 'in-order', line: 3, outcome: 'upheld', entries: [0, 9] },
    { guarantee: 'a/one', label: 'one-at-a-time', line: 4, outcome: 'upheld', entries: [0, 9] },
  ])
})

test('a guarantee that Passed without a judgement of the label proves nothing', () => {
  expect(resultOf({ 'a/one': 'Passed' }, { 'a/one': both.slice(0, 1) })).toMatchObject({
    outcome: 'not settled',
    why: 'a/one did not judge one-at-a-time; a/two not run (slow)',
  })
})

test('what was upheld in a guarantee that did not Pass is not settled', () => {
  expect(resultOf({ 'a/one': 'Inconclusive' }, { 'a/one': both })).toMatchObject({ outcome: 'not settled' })
  expect(resultOf({ 'a/one': 'Failed' }, { 'a/one': both })).toMatchObject({
    outcome: 'not settled',
    why: 'a/one Failed; a/two not run (slow)',
  })
})

test('one violation outweighs what another guarantee upheld', () => {
  const judgements = { 'a/one': both, 'a/two': [judgement('again', 'violated')] }
  expect(resultOf({ 'a/one': 'Passed', 'a/two': 'Failed' }, judgements)).toMatchObject({ outcome: 'violated', why: 'a/two' })
})

test('a clause that was not run, that nobody can decide, or that nothing judges, says so', () => {
  expect(resultOf({})).toMatchObject({ outcome: 'not run', why: 'a/one not run (not part of this run); a/two not run (slow)' })
  expect(resultOf({}, {}, { judgedBy: {}, nobody: 'It would take a year.' })).toMatchObject({ outcome: 'nobody can decide it' })
  expect(resultOf({}, {}, { judgedBy: {} })).toMatchObject({ outcome: 'no judgement yet' })
})
