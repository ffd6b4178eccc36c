import type { HistoryEntry, Observation, ObservedObject } from './history-entry.ts'
import { placeOf } from '../object.ts'

type Unplaced<Entry> = Entry extends HistoryEntry ? Omit<Entry, 'seq' | 'at'> : never

/** An entry of an example history before it has its place. */
export type LiteralEntry = Unplaced<HistoryEntry>

/** A history without the observations of some kinds. Every other entry keeps its place. */
export function without(history: readonly HistoryEntry[], isLeftOut: (kind: string) => boolean): readonly HistoryEntry[] {
  return history.map((entry) => {
    if (entry.type !== 'observation' || !isLeftOut(entry.kind)) return entry
    return { seq: entry.seq, at: entry.at, type: 'mark', name: 'left out' }
  })
}

/** Writes an example history down: each entry gets its place, a tenth of a second after the one before. */
export function historyOf(...entries: readonly LiteralEntry[]): readonly HistoryEntry[] {
  return entries.map((entry, seq) => ({ seq, at: new Date(1_700_000_000_000 + seq * 100).toISOString(), ...entry }))
}

interface Literal {
  readonly event?: Observation['event']
  readonly uid?: string
  readonly generation?: number
  readonly terminating?: boolean
  readonly owners?: ObservedObject['metadata']['ownerReferences']
  readonly labels?: ObservedObject['metadata']['labels']
  readonly annotations?: ObservedObject['metadata']['annotations']
  readonly [field: string]: unknown
}

/** An observation of an object, of `copy/web-0` in an additional namespace; `uid` is made from the name when absent. */
export function seen(kind: string, qualified: string, literal: Literal = {}): LiteralEntry {
  const { namespaceSuffix, name } = placeOf(qualified)
  const {
    event = 'MODIFIED',
    uid = `uid-of-${qualified}`,
    generation,
    terminating = false,
    owners,
    labels,
    annotations,
    ...fields
  } = literal
  const object: ObservedObject = {
    metadata: {
      name,
      namespace: 'hf-example',
      uid,
      resourceVersion: '1',
      ...(generation !== undefined && { generation }),
      ...(owners && { ownerReferences: owners }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(terminating && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    ...fields,
  }
  return { type: 'observation', event, kind, ...(namespaceSuffix !== undefined && { namespaceSuffix }), object }
}

/** Status of a Pod in one of the states that matter. */
export const podStatus = {
  pending: { phase: 'Pending', conditions: [{ type: 'Ready', status: 'False' }] },
  running: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }], containerStatuses: [{ restartCount: 0 }] },
  ready: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [{ restartCount: 0 }] },
  restarted: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [{ restartCount: 1 }] },
} as const

/** A Pod seen for the first time. */
export const podAdded = (name: string, uid?: string): LiteralEntry =>
  seen('Pod', name, { event: 'ADDED', status: podStatus.pending, ...(uid !== undefined && { uid }) })

/** A Pod seen Running and Ready. */
export const podReady = (name: string, uid?: string): LiteralEntry =>
  seen('Pod', name, { status: podStatus.ready, ...(uid !== undefined && { uid }) })

/** A Pod seen Running and not Ready. */
export const podRunning = (name: string): LiteralEntry => seen('Pod', name, { status: podStatus.running })

/** A Pod seen with a deletion timestamp. */
export const podTerminating = (name: string): LiteralEntry => seen('Pod', name, { status: podStatus.ready, terminating: true })

/** A Pod seen for the last time. */
export const podDeleted = (name: string, uid?: string): LiteralEntry =>
  seen('Pod', name, { event: 'DELETED', status: podStatus.ready, ...(uid !== undefined && { uid }) })

/** A PersistentVolumeClaim seen Bound. */
export function pvcSeen(
  name: string,
  literal: Literal & { readonly volume?: string; readonly request?: string; readonly capacity?: string } = {},
): LiteralEntry {
  const { volume = `pv-of-${name}`, request = '320Mi', capacity = '320Mi', ...rest } = literal
  return seen('PersistentVolumeClaim', name, {
    spec: { volumeName: volume, resources: { requests: { storage: request } } },
    status: { phase: 'Bound', capacity: { storage: capacity } },
    ...rest,
  })
}

/** A PersistentVolume seen. */
export function pvSeen(name: string, literal: Literal & { readonly handle?: string; readonly capacity?: string } = {}): LiteralEntry {
  const { handle = `handle-of-${name}`, capacity = '320Mi', ...rest } = literal
  return seen('PersistentVolume', name, {
    spec: { capacity: { storage: capacity }, csi: { driver: 'csi-hostpath.holdfast.dev', volumeHandle: handle } },
    status: { phase: 'Bound' },
    ...rest,
  })
}

/** A VolumeAttachment seen: attached, refused with an error, or neither yet. */
export function attachmentSeen(
  name: string,
  literal: Literal & { readonly volume?: string; readonly node: string; readonly attached?: boolean; readonly error?: string },
): LiteralEntry {
  const { volume = 'pv-of-data', node, attached = true, error, ...rest } = literal
  return seen('VolumeAttachment', name, {
    spec: { nodeName: node, source: { persistentVolumeName: volume } },
    status: { attached, ...(error !== undefined && { attachError: { message: error } }) },
    ...rest,
  })
}

/** Something measured in a Pod. */
export function measured(what: string, label: string, of: { readonly pod: string; readonly value: unknown }): LiteralEntry {
  return { type: 'measurement', what, label, subject: { kind: 'Pod', name: of.pod, namespace: 'hf-example' }, value: of.value }
}

/** A stretch in which events of a kind may have been missed. */
export function gap(kind: string): LiteralEntry {
  return { type: 'gap', kind, reason: 'the API server had forgotten the resourceVersion (410 Gone)' }
}
