import type { AuditEvent } from '../engine/audit/audit-event.ts'
import type { Compared } from '../engine/audit/comparison.ts'
import { contentDigest } from '../engine/audit/content-digest.ts'
import { endOf } from '../engine/audit/sources.ts'
import type { Act, HistoryEntry, Observation, ObservedObject } from '../engine/history/history-entry.ts'
import type { JudgementRecord } from '../engine/history/judgement-record.ts'

/** Namespace of the example. */
export const exampleNamespace = 'hf-ordered-a1b2c3'

/** Covers the kinds of the example. */
export const exampleAuditLog = { objectsOf: { '': ['pods', 'persistentvolumes'], apps: [] } }

const start = Date.parse('2026-11-30T10:00:00.000Z')

/** A moment of the example, as histories write it: milliseconds since its beginning. */
export function moment(milliseconds: number): string {
  return new Date(start + milliseconds).toISOString()
}

/** The same as audit logs write it. */
export function logMoment(milliseconds: number): string {
  return moment(milliseconds).replace('Z', '000Z')
}

/** An object of the example at a version. */
export function stored(
  name: string,
  resourceVersion: number,
  { namespace = exampleNamespace, apiVersion = 'v1', ...fields }: Readonly<Record<string, unknown>> = {},
): ObservedObject {
  const metadata = { name, ...(namespace !== '' && { namespace }), uid: `uid-of-${name}`, resourceVersion: String(resourceVersion) }
  return { apiVersion, metadata, ...fields } as ObservedObject
}

/** What is special about an event of the example. */
export type Logged = Partial<Omit<AuditEvent, 'objectRef' | 'responseObject'>> & {
  /** When it arrived; it is answered 4 ms later. */
  readonly at: number
  readonly objectRef?: Partial<NonNullable<AuditEvent['objectRef']>>
  readonly code?: number
  /** The object as the answer had it. */
  readonly answered?: ObservedObject
}

/** An event of the log of the example: by default a patch of a Pod. */
export function logged({ at, objectRef, code = 200, answered, ...special }: Logged): AuditEvent {
  const name = answered?.metadata.name
  const namespace = answered === undefined ? exampleNamespace : answered.metadata.namespace
  return {
    auditID: `id-${at}-${name ?? objectRef?.name ?? ''}`,
    stage: 'ResponseComplete',
    verb: 'patch',
    user: { username: 'system:node:worker' },
    requestReceivedTimestamp: logMoment(at),
    stageTimestamp: logMoment(at + 4),
    objectRef: { resource: 'pods', ...(namespace !== undefined && { namespace }), ...(name !== undefined && { name }), ...objectRef },
    responseStatus: { code },
    ...(answered && {
      responseObject: {
        apiVersion: answered.apiVersion ?? 'v1',
        metadata: { name: answered.metadata.name, uid: answered.metadata.uid, resourceVersion: answered.metadata.resourceVersion },
        digest: contentDigest(answered),
      },
    }),
    ...special,
  }
}

type Unplaced = Omit<Observation, 'seq' | 'at' | 'type'> & { readonly at: number }

interface ExampleAct {
  readonly at: number
  readonly id: string
  readonly verb: string
  readonly name: string
  readonly kind?: string
  readonly phase?: Act['phase']
  readonly answer: NonNullable<Act['answer']>
}

/** An act of the example: the request, and its answer 10 ms later. */
export function acted({ at, id, verb, name, kind = 'StatefulSet', phase = 'accepted', answer }: ExampleAct): readonly HistoryEntry[] {
  const entry = { type: 'act', actId: id, verb, subject: { kind, name, namespace: exampleNamespace } } as const
  return [
    { ...entry, seq: 0, at: moment(at), phase: 'requested', auditID: id },
    { ...entry, seq: 0, at: moment(at + 10), phase, answer },
  ]
}

/** An observation of the example. */
export function observed({ at, ...rest }: Unplaced): readonly HistoryEntry[] {
  return [{ ...rest, type: 'observation', seq: 0, at: moment(at) }]
}

/** Puts entries in order, each at its place. */
export function placed(...entries: readonly (readonly HistoryEntry[])[]): readonly HistoryEntry[] {
  return entries.flat().map((entry, seq) => ({ ...entry, seq }))
}

/** The two Pods of the example, version by version. */
export const versions = {
  created: stored('web-0', 110, { status: { phase: 'Pending' } }),
  bound: stored('web-0', 111, { status: { phase: 'Pending' }, spec: { nodeName: 'worker' } }),
  running: stored('web-0', 120, { status: { phase: 'Running' }, spec: { nodeName: 'worker' } }),
  next: stored('web-1', 130, { status: { phase: 'Pending' } }),
}

const apply = {
  at: 50,
  id: 'act-1',
  verb: 'apply',
  name: 'web',
  answer: { code: 200, reason: 'OK', message: 'resourceVersion 105' },
} as const

/** A history that `exampleEvents` bear out: a StatefulSet is applied, a Pod is created, bound and started, then the next is created. */
export const exampleHistory = placed(
  acted(apply),
  observed({ at: 103, event: 'ADDED', kind: 'Pod', object: versions.created }),
  observed({ at: 205, event: 'MODIFIED', kind: 'Pod', object: versions.bound }),
  observed({ at: 306, event: 'MODIFIED', kind: 'Pod', object: versions.running }),
  observed({ at: 407, event: 'ADDED', kind: 'Pod', object: versions.next }),
  [{ type: 'mark', seq: 0, at: moment(9_000), name: 'long after' }],
)

/** The judgement of the example: it reads Pods, over the whole history. */
export const exampleJudgement: JudgementRecord = {
  ...{ verb: 'toUphold', name: 'pods-start-in-ordinal-order', params: {}, description: 'in order', fromSeq: 0, outcome: 'upheld' },
  untilSeq: exampleHistory.length,
  reads: ['Pod'],
}

/** What the audit log has of it, from the creation of the namespace to the end. */
export const exampleEvents: readonly AuditEvent[] = [
  logged({ at: 0, verb: 'create', code: 201, objectRef: { resource: 'namespaces', name: exampleNamespace } }),
  logged({
    ...{ at: 20, verb: 'watch', stage: 'ResponseStarted', userAgent: 'holdfast-history' },
    requestURI: `/api/v1/namespaces/${exampleNamespace}/pods?watch=true&allowWatchBookmarks=true&resourceVersion=100`,
  }),
  logged({
    ...{ at: 55, auditID: 'act-1', code: 201, objectRef: { resource: 'statefulsets', apiGroup: 'apps' } },
    answered: stored('web', 105, { apiVersion: 'apps/v1' }),
  }),
  logged({ at: 100, verb: 'create', code: 201, answered: versions.created }),
  logged({ at: 200, verb: 'create', code: 201, objectRef: { name: 'web-0', subresource: 'binding' } }),
  logged({ at: 300, objectRef: { subresource: 'status' }, answered: versions.running }),
  logged({ at: 400, verb: 'create', code: 201, answered: versions.next }),
  logged({ at: 9_500, verb: 'get', auditID: endOf(exampleNamespace), objectRef: { resource: 'namespaces', name: exampleNamespace } }),
]

/** The example, with what differs. */
export function compared(differing: Partial<Compared> = {}): Compared {
  return {
    history: exampleHistory,
    judgements: [exampleJudgement],
    events: exampleEvents,
    namespace: exampleNamespace,
    auditLog: exampleAuditLog,
    ...differing,
  }
}
