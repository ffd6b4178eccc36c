import { expect, test } from 'vitest'
import type { JudgementRecord } from '../history/judgement-record.ts'
import { verdictOf } from './verdict.ts'

const judged = (outcome: JudgementRecord['outcome'], summary: string) => ({ outcome, description: 'it holds', reason: { summary } })
const upheld = { verb: 'toUphold', outcome: 'upheld', description: 'it holds' } as const

test('nothing judged is Inconclusive', () => {
  expect(verdictOf([])).toEqual({ verdict: 'Inconclusive', reasons: [{ summary: 'Nothing was judged.' }] })
})

test('preconditions alone are Inconclusive', () => {
  const summary = 'Only preconditions were judged.'
  expect(verdictOf([{ ...upheld, verb: 'until' }])).toEqual({ verdict: 'Inconclusive', reasons: [{ summary }] })
})

test.each(['toReach', 'toStay', 'toUphold'] as const)('one judgement by %s beside preconditions is Passed', (verb) => {
  expect(
    verdictOf([
      { ...upheld, verb: 'until' },
      { ...upheld, verb },
    ]),
  ).toEqual({ verdict: 'Passed', reasons: [] })
})

test('all upheld is Passed', () => {
  expect(verdictOf([upheld, upheld])).toEqual({ verdict: 'Passed', reasons: [] })
})

test('one doubt makes Inconclusive', () => {
  expect(verdictOf([upheld, judged('inconclusive', 'gap')])).toEqual({ verdict: 'Inconclusive', reasons: [{ summary: 'gap' }] })
})

test('a violation outweighs a doubt and comes first', () => {
  const { verdict, reasons } = verdictOf([judged('inconclusive', 'gap'), judged('violated', 'broken'), upheld])
  expect(verdict).toBe('Failed')
  expect(reasons.map((reason) => reason.summary)).toEqual(['broken', 'gap'])
})
