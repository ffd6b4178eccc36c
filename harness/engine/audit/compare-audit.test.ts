import { expect, test } from 'vitest'
import {
  acted,
  compared,
  exampleEvents,
  exampleHistory,
  exampleJudgement,
  exampleNamespace,
  logged,
  moment,
  stored,
  versions,
} from '../../testing/example-audit.ts'
import type { HistoryEntry } from '../history/history-entry.ts'
import type { AuditEvent } from './audit-event.ts'
import { compareAudit, contradicting } from './compare-audit.ts'
import { endOf } from './sources.ts'

/** The rules that a comparison of the example with something else breaks. */
const broken = (...differing: Parameters<typeof compared>) => compareAudit(compared(...differing)).disagreements.map(({ rule }) => rule)

const without = (isLeftOut: (entry: HistoryEntry) => boolean): readonly HistoryEntry[] =>
  exampleHistory.filter((entry) => !isLeftOut(entry)).map((entry, seq) => ({ ...entry, seq }))

const versionOf = (entry: HistoryEntry) => (entry.type === 'observation' ? entry.object.metadata.resourceVersion : undefined)

/** The history with another object in place of the one at a version. */
const edited = (version: string, edit: (entry: HistoryEntry & { type: 'observation' }) => Partial<HistoryEntry>) =>
  exampleHistory.map((entry) =>
    entry.type === 'observation' && versionOf(entry) === version ? ({ ...entry, ...edit(entry) } as HistoryEntry) : entry,
  )

const logWithout = (isLeftOut: (event: AuditEvent) => boolean) => exampleEvents.filter((event) => !isLeftOut(event))

test('two sources that tell the same agree', () => {
  expect(compareAudit(compared())).toEqual({ events: 8, versions: 3, acts: 1, disagreements: [], undecided: [] })
})

test('a version between two others that the history lacks is a missing write, and names who wrote it', () => {
  const failed = logged({
    at: 8_000,
    objectRef: { subresource: 'status' },
    answered: stored('web-0', 131, { status: { phase: 'Failed' } }),
  })
  const last = logged({ at: 8_100, objectRef: { subresource: 'status' }, answered: stored('web-0', 132) })
  const seen = { type: 'observation', event: 'MODIFIED', kind: 'Pod', object: stored('web-0', 132), seq: 7, at: moment(9_001) } as const
  const { disagreements } = compareAudit(compared({ history: [...exampleHistory, seen], events: [...exampleEvents, failed, last] }))
  expect(disagreements).toEqual([
    {
      rule: 'missing write',
      kind: 'Pod',
      entries: [4, 7],
      summary:
        `The audit log of ${exampleNamespace} says that system:node:worker changed Pod web-0 to resourceVersion 131 ` +
        '(patch, 2026-11-30T10:00:08.000000Z), but the history, which watched it, does not have that.',
    },
  ])
})

test('an object that lived while nobody brought it is a missing write once a check has judged', () => {
  const intruder = stored('web-9', 127)
  const events = [...exampleEvents, logged({ at: 500, verb: 'create', code: 201, answered: intruder })]
  expect(broken({ events })).toEqual(['missing write'])
})

test.each<[string, Partial<Parameters<typeof compared>[0]>]>([
  ['no check judged its kind', { judgements: [{ ...exampleJudgement, reads: ['PersistentVolume'] }] }],
  ['only a wait judged it, which may end before its watch has caught up', { judgements: [{ ...exampleJudgement, verb: 'toReach' }] }],
  ['it was stored within the time in which watches catch up', { history: without((entry) => entry.type === 'mark') }],
  [
    'the history says that it may lack some of its kind',
    { history: [...exampleHistory, { type: 'gap', kind: 'Pod', reason: '410', seq: 7, at: moment(9_001) }] },
  ],
])('an object that was never seen is not missing where %s', (_, differing) => {
  const events = [...exampleEvents, logged({ at: 500, verb: 'create', code: 201, answered: stored('web-9', 127) })]
  expect(broken({ ...differing, events })).toEqual([])
})

test('nor where a selector may have left it out', () => {
  const selective = exampleEvents.map((event) =>
    event.verb === 'watch' ? { ...event, requestURI: `${event.requestURI ?? ''}&labelSelector=app%3Dweb` } : event,
  )
  expect(broken({ events: [...selective, logged({ at: 500, verb: 'create', code: 201, answered: stored('web-9', 127) })] })).toEqual([])
})

test('nor where the watch is none of the history', () => {
  const others = exampleEvents.map((event) => (event.verb === 'watch' ? { ...event, userAgent: 'holdfast' } : event))
  expect(broken({ events: [...others, logged({ at: 500, verb: 'create', code: 201, answered: stored('web-9', 127) })] })).toEqual([])
})

test('what was asked for in vain, or on trial, is no write', () => {
  const inVain = logged({ at: 500, verb: 'create', code: 409, objectRef: { name: 'web-9' } })
  const onTrial = logged({ at: 501, verb: 'create', code: 201, answered: stored('web-9', 127), requestURI: '/x?dryRun=All' })
  expect(broken({ events: [...exampleEvents, inVain, onTrial] })).toEqual([])
})

test('a version that no request wrote is unknown', () => {
  const history = edited('120', ({ object }) => ({ object: { ...object, metadata: { ...object.metadata, resourceVersion: '121' } } }))
  const { disagreements } = compareAudit(compared({ history }))
  expect(disagreements.map(({ rule, entries }) => [rule, entries])).toEqual([
    ['unknown version', [4]],
    ['missing write', [3, 4]],
  ])
})

test('a version that is no number is unknown, and breaks nothing', () => {
  const history = edited('120', ({ object }) => ({ object: { ...object, metadata: { ...object.metadata, resourceVersion: 'x' } } }))
  expect(broken({ history })).toContain('unknown version')
})

test('a Binding may have written one version that its answer does not name, and not two', () => {
  const twice = [
    ...exampleHistory.slice(0, 4),
    { ...exampleHistory[3], object: stored('web-0', 112) } as HistoryEntry,
    ...exampleHistory.slice(4),
  ]
  expect(broken({ history: twice.map((entry, seq) => ({ ...entry, seq })) })).toEqual(['unknown version'])
})

test('a deletion needs a request for it', () => {
  const gone = { type: 'observation', event: 'DELETED', kind: 'Pod', object: stored('web-1', 140), seq: 7, at: moment(9_001) } as const
  expect(broken({ history: [...exampleHistory, gone] })).toEqual(['unknown version'])
  const asked = logged({ at: 8_500, verb: 'delete', objectRef: { name: 'web-1' } })
  expect(broken({ history: [...exampleHistory, gone], events: [...exampleEvents, asked] })).toEqual([])
  const all = logged({ at: 8_500, verb: 'deletecollection' })
  expect(broken({ history: [...exampleHistory, gone], events: [...exampleEvents, all] })).toEqual([])
})

test('an additional namespace that a suite applied was made in the log, too', () => {
  const patched = exampleEvents.map((event) => (isCreation(event) ? { ...event, verb: 'patch' } : event))
  expect(exampleEvents.some(isCreation)).toBe(true)
  expect(compareAudit(compared({ events: patched }))).toEqual(compareAudit(compared({})))
})

function isCreation({ verb, objectRef }: AuditEvent): boolean {
  return verb === 'create' && objectRef?.resource === 'namespaces'
}

test('a log that was cut says nothing of what it lacks, and says so', () => {
  const isWrite = ({ objectRef, at }: { objectRef?: AuditEvent['objectRef']; at?: string }) =>
    objectRef?.resource !== 'pods' || at === undefined
  expect(exampleEvents.every((event) => isWrite(event))).toBe(true)
  for (const isCut of [isCreation, ({ auditID }: AuditEvent) => auditID === endOf(exampleNamespace)]) {
    const events = logWithout((event) => isCut(event) || event.auditID === 'act-1')
    const { disagreements, undecided } = compareAudit(compared({ events }))
    expect(disagreements).toEqual([])
    expect(undecided).toEqual([expect.stringContaining('is not whole')])
  }
})

test('a log that was put aside while it was read has some events twice', () => {
  expect(compareAudit(compared({ events: [...exampleEvents, ...exampleEvents] }))).toEqual(compareAudit(compared()))
})

test('another content than the one that was stored is told', () => {
  const history = edited('120', ({ object }) => ({ object: { ...object, status: { phase: 'Failed' } } }))
  expect(compareAudit(compared({ history })).disagreements).toEqual([
    {
      ...{ rule: 'other content', kind: 'Pod', entries: [4] },
      summary: 'The history has Pod web-0 at resourceVersion 120 with another content than the one that the audit log says was stored.',
    },
  ])
})

test('what was stored before the other was asked for cannot have been seen after it', () => {
  const swapped = [...exampleHistory.slice(0, 4), exampleHistory[5], exampleHistory[4], exampleHistory[6]] as HistoryEntry[]
  const history = swapped.map((entry, seq) => ({ ...entry, seq, at: exampleHistory[seq]?.at ?? entry.at }))
  expect(broken({ history })).toEqual(['other order'])
})

test('two watches of a kind bring what they bring in no common order, but each object in its own', () => {
  const other = { ...exampleEvents[1], auditID: 'second', requestURI: `${exampleEvents[1]?.requestURI ?? ''}&labelSelector=app%3Dweb` }
  const swapped = [...exampleHistory.slice(0, 4), exampleHistory[5], exampleHistory[4], exampleHistory[6]] as HistoryEntry[]
  const history = swapped.map((entry, seq) => ({ ...entry, seq, at: exampleHistory[seq]?.at ?? entry.at }))
  expect(broken({ history, events: [...exampleEvents, other as AuditEvent] })).toEqual([])
  const newer = logged({ at: 8_000, objectRef: { subresource: 'status' }, answered: stored('web-1', 131) })
  const older = { type: 'observation', event: 'MODIFIED', kind: 'Pod', object: stored('web-1', 131), seq: 0, at: moment(8_010) } as const
  const turned = [...exampleHistory.slice(0, 5), older, exampleHistory[5], exampleHistory[6]] as HistoryEntry[]
  const events = [...exampleEvents, other as AuditEvent, newer]
  expect(broken({ history: turned.map((entry, seq) => ({ ...entry, seq, at: exampleHistory[6]?.at ?? '' })), events })).toContain(
    'other order',
  )
})

test('nothing is seen before it was asked for', () => {
  const events = exampleEvents.map((event) =>
    event.responseObject?.metadata.resourceVersion === '120' || event.verb === 'get'
      ? { ...event, requestReceivedTimestamp: '2026-11-30T10:00:08.000000Z', stageTimestamp: '2026-11-30T10:00:08.004000Z' }
      : event,
  )
  expect(compareAudit(compared({ events })).disagreements.map(({ summary }) => summary)).toContainEqual(
    'The history has Pod web-0 at resourceVersion 120 7.7 s before the request that wrote it arrived, by the audit log.',
  )
})

test('a request that may have changed nothing says nothing of when the version was stored', () => {
  // The Binding wrote 111, which a patch found as it was, after another Pod had been stored.
  const idle = logged({ at: 250, answered: versions.bound })
  const other = logged({ at: 220, verb: 'create', code: 201, answered: stored('web-7', 112) })
  const seen = { type: 'observation', event: 'ADDED', kind: 'Pod', object: stored('web-7', 112), seq: 0, at: moment(226) } as const
  const history = [...exampleHistory.slice(0, 4), seen, ...exampleHistory.slice(4)].map((entry, seq) => ({ ...entry, seq }))
  expect(broken({ history, events: [...exampleEvents, other, idle] })).toEqual([])
})

test('what a second cluster has is in no log of the first', () => {
  const elsewhere = `${exampleNamespace}-copy`
  const made = acted({
    at: 60,
    id: 'x',
    verb: 'make-cluster',
    kind: 'Cluster',
    name: 'other',
    answer: { code: 200, reason: 'OK', message: 'done' },
  })
  const there = acted({ at: 70, id: 'y', verb: 'apply', name: 'web', answer: { code: 200, reason: 'OK', message: 'resourceVersion 9' } })
  const history = [
    ...exampleHistory,
    ...made.filter(({ type }) => type === 'act').map((entry) => ({ ...entry, auditID: undefined })),
    ...there.map((entry) => (entry.type === 'act' ? { ...entry, subject: { ...entry.subject, namespace: elsewhere } } : entry)),
    { type: 'observation', seq: 0, at: moment(80), event: 'ADDED', kind: 'Pod', object: stored('web-0', 9, { namespace: elsewhere }) },
    { type: 'observation', seq: 0, at: moment(80), event: 'ADDED', kind: 'PersistentVolume', object: stored('pv', 9, { namespace: '' }) },
  ].map((entry, seq) => ({ ...entry, seq })) as HistoryEntry[]
  expect(broken({ history })).toEqual([])
})

test('only what a judgement read and rests on contradicts it', () => {
  const missing = { rule: 'missing write', kind: 'Pod', entries: [3, 4], summary: '' } as const
  expect(contradicting([missing], [exampleJudgement])).toEqual([missing])
  expect(contradicting([missing], [{ ...exampleJudgement, reads: ['PersistentVolume'] }])).toEqual([])
  expect(contradicting([missing], [{ ...exampleJudgement, untilSeq: 3 }])).toEqual([])
  expect(contradicting([{ rule: 'unknown act', entries: [0, 1], summary: '' }], [exampleJudgement])).toHaveLength(1)
})
