import { expect, test } from 'vitest'
import type { GuaranteeResult } from './conformance-report.ts'
import { workOf, workFigures } from './work.ts'

const result = (id: string, { from, to, ...rest }: { from: number; to: number } & Partial<GuaranteeResult>): GuaranteeResult => ({
  ...{ id, statement: 'A sentence.', level: 'MUST', source: 'https://kubernetes.io/', verdict: 'Passed', reasons: [], evidence: [] },
  startedAt: new Date(from * 1000).toISOString(),
  endedAt: new Date(to * 1000).toISOString(),
  ...rest,
})

const guarantees = [
  result('a/one', { from: 0, to: 60, requests: 100 }),
  result('a/two', { from: 0, to: 20, requests: 7, throttled: 3 }),
  result('a/three', { from: 20, to: 40, verdict: 'Failed' }),
  result('a/four', { from: 500, to: 500, verdict: 'NotSupported' }),
]

test('times and requests are added up, and compared with the time that passed', () => {
  const work = workOf({ guarantees }, { slowest: 2 })
  expect(work).toEqual({
    seconds: 100,
    atATime: 100 / 60,
    requests: 107,
    throttled: 3,
    slowest: [
      { id: 'a/one', seconds: 60 },
      { id: 'a/two', seconds: 20 },
    ],
  })
  expect(work && workFigures(work)).toEqual([
    '100 s of guarantees',
    '1.7 at a time',
    '107 requests to the API server (3 throttled and sent again)',
    'longest a/one 60 s',
    'a/two 20 s',
  ])
})

test('nothing is added up where nothing was put to the test', () => {
  expect(workOf({ guarantees: guarantees.slice(3) }, { slowest: 2 })).toBeUndefined()
})

test('evidence that does not count requests is told without them', () => {
  const work = workOf({ guarantees: [result('a/one', { from: 0, to: 60 })] }, { slowest: 1 })
  expect(work && workFigures(work)).toEqual(['60 s of guarantees', '1.0 at a time', 'longest a/one 60 s'])
})
