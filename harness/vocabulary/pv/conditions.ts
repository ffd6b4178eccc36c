import { field, latest } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { pvcState } from '../pvc/readings.ts'
import { parseQuantity } from '../../engine/quantity.ts'

/** PersistentVolumeClaims are Bound and not being deleted. */
export const pvcsBound = defineCondition<{ readonly pvcs: readonly string[] }>({
  name: 'pvcs-bound',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvcs }) => `${pvcs.join(', ')} Bound`,
  holds: ({ pvcs }, history) => pvcs.every((pvc) => isBound(history, pvc)),
  seen: ({ pvcs }, history) => pvcs.map((pvc) => pvcState(history, pvc)).join(', '),
})

/** The capacity of a PersistentVolumeClaim is at least a size. */
export const pvcExpanded = defineCondition<{ readonly pvc: string; readonly to: string }>({
  name: 'pvc-expanded',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, to }) => `capacity of PersistentVolumeClaim ${pvc} at ${to}`,
  holds({ pvc, to }, history) {
    const capacity = field(latest(history, 'PersistentVolumeClaim', pvc), 'status', 'capacity', 'storage')
    return typeof capacity === 'string' && parseQuantity(capacity) >= parseQuantity(to)
  },
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

/** A PersistentVolumeClaim asks for exactly a size and has at least that capacity. */
export const pvcSized = defineCondition<{ readonly pvc: string; readonly size: string }>({
  name: 'pvc-sized',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, size }) => `request and capacity of PersistentVolumeClaim ${pvc} at ${size}`,
  holds({ pvc, size }, history) {
    const object = latest(history, 'PersistentVolumeClaim', pvc)
    const [request, capacity] = [field(object, 'spec', 'resources', 'requests', 'storage'), field(object, 'status', 'capacity', 'storage')]
    if (typeof request !== 'string' || typeof capacity !== 'string') return false
    return parseQuantity(request) === parseQuantity(size) && parseQuantity(capacity) >= parseQuantity(size)
  },
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

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
  holds: ({ volumeSnapshot }, history) => field(latest(history, 'VolumeSnapshot', volumeSnapshot), 'status', 'readyToUse') === true,
  seen: ({ volumeSnapshot }, history) => snapshotState(history, 'VolumeSnapshot', volumeSnapshot),
})

/** A VolumeSnapshot or VolumeGroupSnapshot in a few words. */
export function snapshotState(history: readonly HistoryEntry[], kind: string, name: string): string {
  const object = latest(history, kind, name)
  if (object === undefined) return `no ${kind} ${name}`
  const message = field(object, 'status', 'error', 'message')
  const terminating = object.metadata.deletionTimestamp === undefined ? '' : ', terminating'
  return `readyToUse ${String(field(object, 'status', 'readyToUse'))}${terminating}${typeof message === 'string' ? `, error ${message}` : ''}`
}

function isBound(history: readonly HistoryEntry[], pvc: string): boolean {
  const object = latest(history, 'PersistentVolumeClaim', pvc)
  return object?.metadata.deletionTimestamp === undefined && field(object, 'status', 'phase') === 'Bound'
}
