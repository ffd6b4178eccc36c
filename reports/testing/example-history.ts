import type { Act, HistoryEntry, Measurement, ObjectRef, Observation, ObservedObject } from '../../harness/engine/history/history-entry.ts'

const origin = Date.parse('2026-11-21T10:00:00.000Z')

type Unplaced = HistoryEntry extends infer Entry ? (Entry extends HistoryEntry ? Omit<Entry, 'seq' | 'at'> : never) : never

/** Gives entries, each with its second since the start, their place in a history. */
export function historyOf(entries: readonly (readonly [seconds: number, entry: Unplaced])[]): HistoryEntry[] {
  return entries.map(([seconds, entry], seq) => ({ ...entry, seq, at: new Date(origin + seconds * 1000).toISOString() }))
}

/** An act, requested or answered. */
export function act(verb: string, subject: ObjectRef, phase: Act['phase'] = 'requested'): Omit<Act, 'seq' | 'at'> {
  return { type: 'act', actId: `${verb}-${subject.name}`, verb, subject: { namespace: 'hf-demo', ...subject }, phase }
}

/** An observed Pod in one of the states a timeline draws. */
export function pod(
  name: string,
  state: 'Pending' | 'Running' | 'Ready' | 'Terminating' | 'Deleted',
  uid = `uid-${name}`,
): Omit<Observation, 'seq' | 'at'> {
  const running = state !== 'Pending'
  return {
    type: 'observation',
    event: state === 'Deleted' ? 'DELETED' : 'MODIFIED',
    kind: 'Pod',
    object: {
      metadata: {
        ...metadata(name, uid),
        ...(state === 'Terminating' || state === 'Deleted' ? { deletionTimestamp: '2026-11-21T10:00:00Z' } : {}),
      },
      status: { phase: running ? 'Running' : 'Pending', conditions: [{ type: 'Ready', status: state === 'Ready' ? 'True' : 'False' }] },
    },
  }
}

/** Any other observed object. */
export function object(kind: string, name: string, rest: Readonly<Record<string, unknown>>): Omit<Observation, 'seq' | 'at'> {
  return { type: 'observation', event: 'MODIFIED', kind, object: { metadata: metadata(name, `uid-${kind}-${name}`), ...rest } }
}

/** A chapter of a story. */
export function chapter(
  heading: string,
  subject: ObjectRef,
  value: { readonly text: string; readonly facts: object },
): Omit<Measurement, 'seq' | 'at'> {
  return { type: 'measurement', what: 'chapter', label: heading, subject: { namespace: 'hf-demo', ...subject }, value }
}

/** A measurement of a Pod. */
export function measurement(what: string, label: string, value: unknown): Omit<Measurement, 'seq' | 'at'> {
  return { type: 'measurement', what, label, subject: { kind: 'Pod', name: 'web-0', namespace: 'hf-demo' }, value }
}

function metadata(name: string, uid: string): ObservedObject['metadata'] {
  return { name, namespace: 'hf-demo', uid, resourceVersion: '1' }
}

const web: ObjectRef = { kind: 'StatefulSet', name: 'web' }

/** Three Pods that start in ordinal order, each with its PVC. */
export function orderedStartup(): HistoryEntry[] {
  const starts = [0, 1, 2].flatMap((ordinal) => {
    const from = 0.4 + ordinal * 3.2
    return [
      [from, object('PersistentVolumeClaim', `data-web-${ordinal}`, { status: { phase: 'Pending' } })],
      [from + 0.05, pod(`web-${ordinal}`, 'Pending')],
      [from + 0.6, object('PersistentVolumeClaim', `data-web-${ordinal}`, { status: { phase: 'Bound', capacity: { storage: '1Gi' } } })],
      [from + 2.1, pod(`web-${ordinal}`, 'Running')],
      [from + 3.0, pod(`web-${ordinal}`, 'Ready')],
    ] as const
  })
  const set = (ready: number) => object('StatefulSet', 'web', { spec: { replicas: 3 }, status: { replicas: 3, readyReplicas: ready } })
  return historyOf([
    [0, act('apply', web)],
    [0.03, act('apply', web, 'accepted')],
    [0.05, set(0)],
    ...starts,
    [10.1, set(3)],
    [10.2, measurement('tree', 'after', { files: 12 })],
  ])
}

/** Three Pods created at the same time. */
export function parallelStartup(): HistoryEntry[] {
  const names = ['web-0', 'web-1', 'web-2']
  return historyOf([
    [0, act('apply', web)],
    [0.03, act('apply', web, 'accepted')],
    ...names.map((name, index) => [0.3 + index * 0.02, pod(name, 'Pending')] as const),
    ...names.map((name, index) => [2.4 + index * 0.3, pod(name, 'Running')] as const),
    ...names.map((name, index) => [3.4 + index * 0.3, pod(name, 'Ready')] as const),
    [8, act('delete', { kind: 'Pod', name: 'web-2' })],
    [8.01, act('delete', { kind: 'Pod', name: 'web-2' }, 'accepted')],
    [8.1, pod('web-2', 'Terminating')],
    [9.9, pod('web-2', 'Deleted')],
    [10.1, pod('web-2', 'Pending', 'uid-web-2-again')],
  ])
}

/** An expansion during which the watch of PVCs broke. */
export function expansionWithGap(): HistoryEntry[] {
  const pvc = (capacity: string, condition?: string) =>
    object('PersistentVolumeClaim', 'data', {
      status: {
        phase: 'Bound',
        capacity: { storage: capacity },
        conditions: condition === undefined ? [] : [{ type: condition, status: 'True' }],
      },
    })
  return historyOf([
    [0, pod('writer', 'Ready')],
    [0.1, pvc('64Mi')],
    [0.8, measurement('filesystem-size', 'before', 67_108_864)],
    [1, act('expand', { kind: 'PersistentVolumeClaim', name: 'data' })],
    [1.02, act('expand', { kind: 'PersistentVolumeClaim', name: 'data' }, 'accepted')],
    [1.4, pvc('64Mi', 'Resizing')],
    [2.2, { type: 'gap', kind: 'PersistentVolumeClaim', reason: '410 Gone' }],
    [9, pvc('128Mi')],
    [9.4, { type: 'mark', name: 'expanded' }],
    [9.8, measurement('filesystem-size', 'after', 134_217_728)],
  ])
}
