import { field, latest, observationsOf, wasDeleted } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry, ObservedObject } from '../../engine/history/history-entry.ts'
import { pvcState } from '../pvc/readings.ts'

/** A VolumeSnapshot by name. */
export interface SnapshotName {
  readonly volumeSnapshot: string
}

/** What marks a VolumeSnapshotContent while the sidecar of the CSI driver has its snapshot taken. */
const beingTaken = 'snapshot.storage.kubernetes.io/volumesnapshot-being-created'

/** The finalizer by which a PVC stays while a VolumeSnapshot is taken of it. */
const guard = 'snapshot.storage.kubernetes.io/pvc-as-source-protection'

/** A VolumeGroupSnapshot is ready to use. */
export const volumeGroupSnapshotReady = defineCondition<{ readonly volumeGroupSnapshot: string }>({
  name: 'volume-group-snapshot-ready',
  reads: ['VolumeGroupSnapshot'],
  describe: ({ volumeGroupSnapshot }) => `VolumeGroupSnapshot ${volumeGroupSnapshot} ready to use`,
  holds: ({ volumeGroupSnapshot }, history) =>
    field(latest(history, 'VolumeGroupSnapshot', volumeGroupSnapshot), 'status', 'readyToUse') === true,
  seen: ({ volumeGroupSnapshot }, history) => snapshotState(history, 'VolumeGroupSnapshot', volumeGroupSnapshot),
})

/** A VolumeSnapshot is ready to use. */
export const volumeSnapshotReady = defineCondition<{ readonly volumeSnapshot: string }>({
  name: 'volume-snapshot-ready',
  reads: ['VolumeSnapshot'],
  describe: ({ volumeSnapshot }) => `VolumeSnapshot ${volumeSnapshot} ready to use`,
  holds: ({ volumeSnapshot }, history) => isReady(history, volumeSnapshot),
  seen: ({ volumeSnapshot }, history) => snapshotState(history, 'VolumeSnapshot', volumeSnapshot),
})

/** A VolumeSnapshot is not ready to use, and its status tells an error. */
export const volumeSnapshotRefused = defineCondition<SnapshotName>({
  name: 'volume-snapshot-refused',
  reads: ['VolumeSnapshot'],
  describe: ({ volumeSnapshot }) => `VolumeSnapshot ${volumeSnapshot} with an error`,
  holds: ({ volumeSnapshot }, history) => !isReady(history, volumeSnapshot) && errorOf(history, volumeSnapshot) !== undefined,
  unreachable: ({ volumeSnapshot }, history) =>
    isReady(history, volumeSnapshot) ? `VolumeSnapshot ${volumeSnapshot} is ready to use.` : undefined,
  seen: ({ volumeSnapshot }, history) => snapshotState(history, 'VolumeSnapshot', volumeSnapshot),
})

/** A VolumeSnapshot is there and not ready to use. */
export const volumeSnapshotUnready = defineCondition<SnapshotName>({
  name: 'volume-snapshot-unready',
  reads: ['VolumeSnapshot'],
  describe: ({ volumeSnapshot }) => `VolumeSnapshot ${volumeSnapshot} not ready to use`,
  holds: ({ volumeSnapshot }, history) =>
    latest(history, 'VolumeSnapshot', volumeSnapshot) !== undefined && !isReady(history, volumeSnapshot),
  seen: ({ volumeSnapshot }, history) => snapshotState(history, 'VolumeSnapshot', volumeSnapshot),
})

/** A VolumeSnapshot is there and nobody has said anything of it: it has no status, and no VolumeSnapshotContent is bound to it. */
export const volumeSnapshotUnserved = defineCondition<SnapshotName>({
  name: 'volume-snapshot-unserved',
  reads: ['VolumeSnapshot'],
  describe: ({ volumeSnapshot }) => `VolumeSnapshot ${volumeSnapshot} without a status`,
  holds({ volumeSnapshot }, history) {
    const object = latest(history, 'VolumeSnapshot', volumeSnapshot)
    return object !== undefined && Object.keys(field(object, 'status') ?? {}).length === 0
  },
  seen: ({ volumeSnapshot }, history) => snapshotState(history, 'VolumeSnapshot', volumeSnapshot),
})

/** A VolumeSnapshot was deleted and is still there. */
export const volumeSnapshotTerminating = defineCondition<SnapshotName>({
  name: 'volume-snapshot-terminating',
  reads: ['VolumeSnapshot'],
  describe: ({ volumeSnapshot }) => `VolumeSnapshot ${volumeSnapshot} terminating`,
  holds: ({ volumeSnapshot }, history) => latest(history, 'VolumeSnapshot', volumeSnapshot)?.metadata.deletionTimestamp !== undefined,
  unreachable: ({ volumeSnapshot }, history) =>
    wasDeleted(history, 'VolumeSnapshot', volumeSnapshot) ? `VolumeSnapshot ${volumeSnapshot} is gone.` : undefined,
  seen: ({ volumeSnapshot }, history) => snapshotState(history, 'VolumeSnapshot', volumeSnapshot),
})

/** No VolumeSnapshot of that name is there any more. */
export const volumeSnapshotAbsent = defineCondition<SnapshotName>({
  name: 'volume-snapshot-absent',
  reads: ['VolumeSnapshot'],
  describe: ({ volumeSnapshot }) => `no VolumeSnapshot ${volumeSnapshot}`,
  holds: ({ volumeSnapshot }, history) => wasDeleted(history, 'VolumeSnapshot', volumeSnapshot),
  seen: ({ volumeSnapshot }, history) => snapshotState(history, 'VolumeSnapshot', volumeSnapshot),
})

/** The sidecar of the CSI driver has begun to have a VolumeSnapshot taken, and has not said that it is. */
export const volumeSnapshotBegun = defineCondition<SnapshotName>({
  name: 'volume-snapshot-begun',
  reads: ['VolumeSnapshotContent'],
  describe: ({ volumeSnapshot }) => `VolumeSnapshot ${volumeSnapshot} being taken`,
  holds: ({ volumeSnapshot }, history) => isBeingTaken(history, volumeSnapshot),
  seen: ({ volumeSnapshot }, history) => (contentSeen(history, volumeSnapshot) === undefined ? 'no content yet' : 'its content'),
})

/**
 * A VolumeSnapshot is ready, and the sidecar of the CSI driver has taken back its note that it is being taken. Before that, it may miss a
 * deletion, and looks again after a quarter of an hour (https://github.com/kubernetes-csi/external-snapshotter/issues/1258).
 */
export const volumeSnapshotTaken = defineCondition<SnapshotName>({
  name: 'volume-snapshot-taken',
  reads: ['VolumeSnapshotContent'],
  describe: ({ volumeSnapshot }) => `VolumeSnapshot ${volumeSnapshot} taken, and its sidecar done with it`,
  holds({ volumeSnapshot }, history) {
    const content = contentSeen(history, volumeSnapshot)
    return field(content, 'status', 'readyToUse') === true && content?.metadata.annotations?.[beingTaken] === undefined
  },
  seen({ volumeSnapshot }, history) {
    const content = contentSeen(history, volumeSnapshot)
    if (content === undefined) return 'no content yet'
    const noted = content.metadata.annotations?.[beingTaken] === undefined ? 'no note' : 'noted as being taken'
    return `readyToUse ${String(field(content, 'status', 'readyToUse'))}, ${noted}`
  },
})

/**
 * A PersistentVolumeClaim was held back from deletion at some time before the VolumeSnapshot of it was taken. See
 * https://kubernetes.io/docs/concepts/storage/volume-snapshots/#persistent-volume-claim-as-snapshot-source-protection
 */
export const sourceGuarded = defineCondition<{ readonly pvc: string; readonly volumeSnapshot: string }>({
  name: 'source-guarded',
  reads: ['PersistentVolumeClaim', 'VolumeSnapshot'],
  describe: ({ pvc, volumeSnapshot }) => `PersistentVolumeClaim ${pvc} protected as the source of VolumeSnapshot ${volumeSnapshot}`,
  holds({ pvc, volumeSnapshot }, history) {
    const guarded = observationsOf(history, 'PersistentVolumeClaim', pvc).find(({ object }) => object.metadata.finalizers?.includes(guard))
    const ready = observationsOf(history, 'VolumeSnapshot', volumeSnapshot).find(
      ({ object }) => field(object, 'status', 'readyToUse') === true,
    )
    return guarded !== undefined && (ready === undefined || guarded.seq < ready.seq)
  },
  unreachable: ({ pvc, volumeSnapshot }, history) =>
    isReady(history, volumeSnapshot) ? `VolumeSnapshot ${volumeSnapshot} is ready, and ${pvc} was not protected.` : undefined,
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

/** Whether a sidecar has begun to have a VolumeSnapshot taken and has not said that it is. */
export function isBeingTaken(history: readonly HistoryEntry[], volumeSnapshot: string): boolean {
  const content = contentSeen(history, volumeSnapshot)
  return content?.metadata.annotations?.[beingTaken] === 'yes' && field(content, 'status', 'snapshotHandle') === undefined
}

/** The VolumeSnapshotContent of a VolumeSnapshot as it was last seen. */
function contentSeen(history: readonly HistoryEntry[], volumeSnapshot: string): ObservedObject | undefined {
  return observationsOf(history, 'VolumeSnapshotContent').findLast(
    ({ object }) => field(object, 'spec', 'volumeSnapshotRef', 'name') === volumeSnapshot,
  )?.object
}

/** A VolumeSnapshot or VolumeGroupSnapshot in a few words. */
function snapshotState(history: readonly HistoryEntry[], kind: string, name: string): string {
  const object = latest(history, kind, name)
  if (object === undefined) return `no ${kind} ${name}`
  const message = field(object, 'status', 'error', 'message')
  return [
    `readyToUse ${String(field(object, 'status', 'readyToUse'))}`,
    ...(object.metadata.deletionTimestamp === undefined ? [] : ['terminating']),
    ...(typeof message === 'string' ? [`error ${message}`] : []),
  ].join(', ')
}

function isReady(history: readonly HistoryEntry[], name: string): boolean {
  return field(latest(history, 'VolumeSnapshot', name), 'status', 'readyToUse') === true
}

function errorOf(history: readonly HistoryEntry[], name: string): string | undefined {
  const message = field(latest(history, 'VolumeSnapshot', name), 'status', 'error', 'message')
  return typeof message === 'string' ? message : undefined
}
