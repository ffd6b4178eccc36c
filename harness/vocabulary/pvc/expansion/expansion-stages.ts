import { field, hasCondition, latest } from '../../../engine/object.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { parseQuantity } from '../../../engine/quantity.ts'
import { pvcState, pvNameOf } from '../readings.ts'

/** A PersistentVolumeClaim and the size to which it was expanded. */
export interface Expansion {
  readonly pvc: string
  readonly to: string
}

/** The PersistentVolume of a PersistentVolumeClaim has grown to a size, and the capacity of the PVC has not. */
export const onlyVolumeGrown = defineCondition<Expansion>({
  name: 'only-volume-grown',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc, to }) => `PersistentVolume of ${pvc} at ${to}, capacity of the PersistentVolumeClaim as before`,
  holds({ pvc, to }, history) {
    const [capacity, grown] = [capacityOf(history, pvc), volumeCapacityOf(history, pvc)]
    return capacity !== undefined && grown !== undefined && grown >= parseQuantity(to) && capacity < parseQuantity(to)
  },
  seen: ({ pvc }, history) => `${pvcState(history, pvc)}, PersistentVolume of ${volumeCapacityOf(history, pvc) ?? 'unknown'} bytes`,
})

/** A PersistentVolumeClaim has grown to a size and waits for nothing more. */
export const expansionFinished = defineCondition<Expansion>({
  name: 'expansion-finished',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, to }) => `capacity of PersistentVolumeClaim ${pvc} at ${to}, without condition FileSystemResizePending`,
  holds({ pvc, to }, history) {
    const object = latest(history, 'PersistentVolumeClaim', pvc)
    const capacity = capacityOf(history, pvc)
    if (object === undefined || capacity === undefined) return false
    return capacity >= parseQuantity(to) && !hasCondition(object, 'FileSystemResizePending')
  },
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

/** Conditions of a PersistentVolumeClaim that tell of an expansion under way, or of one that failed. */
const resizing = ['Resizing', 'FileSystemResizePending', 'ControllerResizeError', 'NodeResizeError'] as const

/**
 * A PersistentVolumeClaim has grown to a size, and nothing of its status tells of an expansion any more: no condition, and no allocated
 * resource in progress. See
 * https://kubernetes.io/docs/reference/kubernetes-api/core/persistent-volume-claim-v1/#PersistentVolumeClaimStatus
 */
export const expansionSettled = defineCondition<Expansion>({
  name: 'expansion-settled',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, to }) => `capacity of PersistentVolumeClaim ${pvc} at ${to}, and no expansion in its status`,
  holds({ pvc, to }, history) {
    const capacity = capacityOf(history, pvc)
    return capacity !== undefined && capacity >= parseQuantity(to) && unsettled(history, pvc).length === 0
  },
  seen: ({ pvc }, history) => [pvcState(history, pvc), ...unsettled(history, pvc)].join(', '),
})

/** What of the status of a PersistentVolumeClaim tells of an expansion. */
function unsettled(history: readonly HistoryEntry[], pvc: string): readonly string[] {
  const object = latest(history, 'PersistentVolumeClaim', pvc)
  const progress = field(object, 'status', 'allocatedResourceStatuses', 'storage')
  const conditions = object === undefined ? [] : resizing.filter((type) => hasCondition(object, type))
  return [...conditions.map((type) => `condition ${type}`), ...(progress === undefined ? [] : [`storage ${JSON.stringify(progress)}`])]
}

function capacityOf(history: readonly HistoryEntry[], pvc: string): number | undefined {
  return bytesOf(field(latest(history, 'PersistentVolumeClaim', pvc), 'status', 'capacity', 'storage'))
}

function volumeCapacityOf(history: readonly HistoryEntry[], pvc: string): number | undefined {
  return bytesOf(field(latest(history, 'PersistentVolume', pvNameOf(history, pvc) ?? ''), 'spec', 'capacity', 'storage'))
}

function bytesOf(quantity: unknown): number | undefined {
  return typeof quantity === 'string' ? parseQuantity(quantity) : undefined
}
