import { expect, test } from 'vitest'
import { acted, compared, exampleEvents, exampleHistory, exampleNamespace, logged, stored } from '../../testing/example-audit.ts'
import { compareAudit } from './compare-audit.ts'

/** The rules that a comparison of the example with something else breaks. */
const broken = (...differing: Parameters<typeof compared>) => compareAudit(compared(...differing)).disagreements.map(({ rule }) => rule)

test('an act that was accepted must be in the log', () => {
  expect(compareAudit(compared({ events: exampleEvents.filter(({ auditID }) => auditID !== 'act-1') })).disagreements).toEqual([
    {
      ...{ rule: 'unknown act', entries: [0, 1] },
      summary: `The history has the act "apply StatefulSet web", which was accepted, but the audit log has no request act-1 in ${exampleNamespace}.`,
    },
  ])
})

test.each([
  [
    'another version',
    { responseObject: { metadata: { uid: 'u', resourceVersion: '106' } } },
    'the history has the resourceVersion 105, and the audit log 106',
  ],
  ['a refusal', { responseStatus: { code: 409 } }, 'the history says that it was accepted, and the audit log has the answer 409'],
])('an act that was answered with %s is told', (_, other, sentence) => {
  const events = exampleEvents.map((event) => (event.auditID === 'act-1' ? { ...event, ...other } : event))
  expect(compareAudit(compared({ events })).disagreements.map(({ summary }) => summary)).toEqual([
    `Of the act "apply StatefulSet web", ${sentence}.`,
  ])
})

test('a refusal has the code that the log has', () => {
  const act = { at: 50, id: 'act-1', verb: 'apply', name: 'web', phase: 'rejected' } as const
  const history = (code: number) =>
    acted({ ...act, answer: { code, reason: 'Invalid', message: 'no' } }).map((entry, seq) => ({ ...entry, seq }))
  const events = exampleEvents.map((event) => (event.auditID === 'act-1' ? { ...event, responseStatus: { code: 422 } } : event))
  expect(broken({ history: history(422), events })).toEqual([])
  expect(broken({ history: history(409), events })).toEqual(['other answer'])
})

test.each([
  [3_600_000, 'The clock of the API server is 3600.0 s behind that of this machine, which was reckoned with.'],
  [-3_600_000, 'The clock of the API server is 3600.0 s ahead of that of this machine, which was reckoned with.'],
])('a clock that goes otherwise, by %d ms, is reckoned with and told', (ahead, sentence) => {
  const history = exampleHistory.map((entry) => ({ ...entry, at: new Date(Date.parse(entry.at) + ahead).toISOString() }))
  const { disagreements, undecided } = compareAudit(compared({ history }))
  expect(disagreements).toEqual([])
  expect(undecided).toEqual([sentence])
  const intruder = logged({ at: 500, verb: 'create', code: 201, answered: stored('web-9', 127) })
  expect(broken({ history, events: [...exampleEvents, intruder] })).toEqual(['missing write'])
})

test('a clock that was set meanwhile is told', () => {
  const later = acted({ at: 9_100, id: 'act-2', verb: 'scale', name: 'web', answer: { code: 200, reason: 'OK', message: 'done' } })
  const history = [...exampleHistory, ...later].map((entry, seq) => ({ ...entry, seq }))
  const event = logged({ at: 9_100 - 60_000, auditID: 'act-2', objectRef: { resource: 'statefulsets', apiGroup: 'apps' } })
  expect(compareAudit(compared({ history, events: [...exampleEvents, event] })).undecided).toEqual([
    'The clock of the API server and that of this machine moved against each other by 60.0 s while the guarantee ran.',
  ])
})
