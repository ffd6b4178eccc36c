import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, type LiteralEntry, pvcSeen, seen } from '../../engine/history/literal.ts'

const params = { volumeSnapshot: 'moment' }
const ready = seen('VolumeSnapshot', 'moment', { status: { readyToUse: true } })
const refused = seen('VolumeSnapshot', 'moment', { status: { readyToUse: false, error: { message: 'no such class' } } })
const unready = seen('VolumeSnapshot', 'moment', { status: { readyToUse: false } })
const terminating = seen('VolumeSnapshot', 'moment', { status: { readyToUse: true }, terminating: true })
const gone = seen('VolumeSnapshot', 'moment', { event: 'DELETED', terminating: true })

export const volumeSnapshotRefused = {
  holds: [{ title: 'an error', params, history: historyOf(refused) }],
  not: [
    { title: 'taken after an error', params, history: historyOf(refused, ready) },
    { title: 'no word yet', params, history: historyOf(unready) },
  ],
} satisfies Examples<typeof conditions.volumeSnapshotRefused>

export const volumeSnapshotUnready = {
  holds: [
    { title: 'an error', params, history: historyOf(refused) },
    { title: 'no word yet', params, history: historyOf(unready) },
  ],
  not: [
    { title: 'ready', params, history: historyOf(unready, ready) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.volumeSnapshotUnready>

export const volumeSnapshotTerminating = {
  holds: [{ title: 'deleted and there', params, history: historyOf(ready, terminating) }],
  not: [
    { title: 'not deleted', params, history: historyOf(ready) },
    { title: 'gone', params, history: historyOf(terminating, gone) },
  ],
} satisfies Examples<typeof conditions.volumeSnapshotTerminating>

export const volumeSnapshotAbsent = {
  holds: [{ title: 'gone', params, history: historyOf(terminating, gone) }],
  not: [
    { title: 'still there', params, history: historyOf(ready, terminating) },
    { title: 'never seen', params, history: historyOf(seen('VolumeSnapshot', 'other')) },
  ],
} satisfies Examples<typeof conditions.volumeSnapshotAbsent>

const source = { pvc: 'source', volumeSnapshot: 'moment' }
const finalizers = ['kubernetes.io/pvc-protection', 'snapshot.storage.kubernetes.io/pvc-as-source-protection']
const guarded: LiteralEntry = {
  type: 'observation',
  event: 'MODIFIED',
  kind: 'PersistentVolumeClaim',
  object: { metadata: { name: 'source', uid: 'uid-of-source', resourceVersion: '2', finalizers } },
}

export const sourceGuarded = {
  holds: [
    { title: 'protected', params: source, history: historyOf(pvcSeen('source'), unready, guarded) },
    { title: 'until it was taken', params: source, history: historyOf(guarded, ready, pvcSeen('source')) },
  ],
  not: [
    { title: 'not protected', params: source, history: historyOf(pvcSeen('source')) },
    { title: 'taken without', params: source, history: historyOf(pvcSeen('source'), ready) },
    { title: 'protected too late', params: source, history: historyOf(pvcSeen('source'), ready, guarded) },
  ],
} satisfies Examples<typeof conditions.sourceGuarded>

export const volumeSnapshotUnserved = {
  holds: [{ title: 'no status', params, history: historyOf(seen('VolumeSnapshot', 'moment', { event: 'ADDED' })) }],
  not: [
    { title: 'nothing seen', params, history: historyOf() },
    { title: 'being taken', params, history: historyOf(seen('VolumeSnapshot', 'moment', { status: { readyToUse: false } })) },
  ],
} satisfies Examples<typeof conditions.volumeSnapshotUnserved>

const snapshot = { volumeSnapshot: 'snap' }

export const volumeSnapshotReady = {
  holds: [{ title: 'ready', params: snapshot, history: historyOf(seen('VolumeSnapshot', 'snap', { status: { readyToUse: true } })) }],
  not: [
    { title: 'not ready', params: snapshot, history: historyOf(seen('VolumeSnapshot', 'snap', { status: { readyToUse: false } })) },
    { title: 'no status', params: snapshot, history: historyOf(seen('VolumeSnapshot', 'snap')) },
  ],
} satisfies Examples<typeof conditions.volumeSnapshotReady>

const group = { volumeGroupSnapshot: 'group' }

export const volumeGroupSnapshotReady = {
  holds: [{ title: 'ready', params: group, history: historyOf(seen('VolumeGroupSnapshot', 'group', { status: { readyToUse: true } })) }],
  not: [
    { title: 'not ready', params: group, history: historyOf(seen('VolumeGroupSnapshot', 'group', { status: { readyToUse: false } })) },
    { title: 'never seen', params: group, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.volumeGroupSnapshotReady>

const spec = { volumeSnapshotRef: { name: 'moment' } }
const annotations = { 'snapshot.storage.kubernetes.io/volumesnapshot-being-created': 'yes' }
const begun = seen('VolumeSnapshotContent', 'content', { spec, annotations })

export const volumeSnapshotBegun = {
  holds: [{ title: 'begun', params, history: historyOf(begun) }],
  not: [
    { title: 'not begun', params, history: historyOf(seen('VolumeSnapshotContent', 'content', { spec })) },
    {
      title: 'taken',
      params,
      history: historyOf(begun, seen('VolumeSnapshotContent', 'content', { spec, annotations, status: { snapshotHandle: 'snap-1' } })),
    },
    { title: 'another', params: { volumeSnapshot: 'other' }, history: historyOf(begun) },
  ],
} satisfies Examples<typeof conditions.volumeSnapshotBegun>

const status = { readyToUse: true, snapshotHandle: 'snap-1' }
const taken = seen('VolumeSnapshotContent', 'content', { spec, status })

export const volumeSnapshotTaken = {
  holds: [{ title: 'taken, and the note taken back', params, history: historyOf(begun, taken) }],
  not: [
    { title: 'never seen', params, history: historyOf() },
    { title: 'begun', params, history: historyOf(begun) },
    {
      title: 'ready, and still noted',
      params,
      history: historyOf(begun, seen('VolumeSnapshotContent', 'content', { spec, annotations, status })),
    },
    { title: 'not begun', params, history: historyOf(seen('VolumeSnapshotContent', 'content', { spec })) },
    { title: 'another', params: { volumeSnapshot: 'other' }, history: historyOf(taken) },
  ],
} satisfies Examples<typeof conditions.volumeSnapshotTaken>
