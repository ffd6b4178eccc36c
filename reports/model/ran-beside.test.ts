import { expect, test } from 'vitest'
import { judgedAlone, type RanWhen } from './ran-beside.ts'

function ran(id: string, [from, to]: readonly [string, string], verdict: RanWhen['verdict'] = 'Passed'): RanWhen {
  return { id, verdict, reasons: [], startedAt: `2026-11-30T12:${from}Z`, endedAt: `2026-11-30T12:${to}Z` }
}

const disruptive = new Set(['failures/driver-crash', 'expansion/growth-across-node-stop'])
const stopped = ran('expansion/growth-across-node-stop', ['06:03.354', '06:59.488'])

function verdicts(...guarantees: readonly RanWhen[]): readonly unknown[] {
  return judgedAlone(guarantees, disruptive).map(({ verdict, reasons }) => [verdict, ...reasons.map(({ summary }) => summary)])
}

test('two disruptive guarantees that ran at the same time prove nothing', () => {
  expect(verdicts(ran('failures/driver-crash', ['06:03.909', '06:39.719'], 'Failed'), stopped)).toEqual([
    [
      'Inconclusive',
      'It was judged Failed while expansion/growth-across-node-stop ran: expansion/growth-across-node-stop is disruptive, and failures/driver-crash may have seen what it did.',
    ],
    [
      'Inconclusive',
      'It was judged Passed while failures/driver-crash ran: failures/driver-crash is disruptive, and expansion/growth-across-node-stop may have seen what it did.',
    ],
  ])
})

test('neither does a disruptive one with any other beside it', () => {
  const [one, other] = judgedAlone([ran('pvcs/binds', ['06:40.000', '07:20.000']), stopped], disruptive)
  expect([one?.verdict, other?.verdict]).toEqual(['Inconclusive', 'Inconclusive'])
  expect(other?.reasons[0]?.summary).toContain('expansion/growth-across-node-stop is disruptive, and pvcs/binds may have seen what it did.')
})

test.each<[string, RanWhen]>([
  ['ran after it', ran('pvcs/binds', ['07:00.000', '07:20.000'])],
  ['ran before it, by clocks that are a little apart', ran('pvcs/binds', ['05:40.000', '06:04.900'])],
  ['did not run', ran('pvcs/binds', ['06:10.000', '06:10.000'], 'NotSupported')],
  ['has no times', { id: 'pvcs/binds', verdict: 'Passed', reasons: [] }],
])('what %s proves what it proved', (_, other) => {
  expect(verdicts(other, stopped)).toEqual([[other.verdict], ['Passed']])
})

test('those that are not disruptive may run together', () => {
  expect(verdicts(ran('pvcs/binds', ['06:00.000', '07:00.000']), ran('pvcs/grows', ['06:00.000', '07:00.000']))).toEqual([
    ['Passed'],
    ['Passed'],
  ])
})
