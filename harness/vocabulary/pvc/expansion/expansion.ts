import { field, hasCondition, latest, observationsOf } from '../../../engine/object.ts'
import type { PvcName } from '../volume/keeps-its-volume.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { parseQuantity } from '../../../engine/quantity.ts'
import { pvcState } from '../readings.ts'

/** The volume of a PersistentVolumeClaim has grown, and its file system waits for a Pod that mounts it. */
export const resizePending = defineCondition<PvcName>({
  name: 'resize-pending',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc }) => `condition FileSystemResizePending of PersistentVolumeClaim ${pvc}`,
  holds({ pvc }, history) {
    const pvcObject = latest(history, 'PersistentVolumeClaim', pvc)
    return pvcObject !== undefined && hasCondition(pvcObject, 'FileSystemResizePending')
  },
  unreachable({ pvc }, history) {
    const capacities = observationsOf(history, 'PersistentVolumeClaim', pvc).map(capacityOf)
    const [was, now] = [capacities.find((one) => one !== undefined), capacities.at(-1)]
    return was !== undefined && now !== undefined && parseQuantity(now) > parseQuantity(was)
      ? `its capacity is ${now} already, though nothing has mounted it.`
      : undefined
  },
  seen: ({ pvc }, history) => `${pvcState(history, pvc)}, ${conditionsOf(history, pvc)}`,
})

/** The driver has refused to grow the volume of a PersistentVolumeClaim. */
export const expansionRefused = defineCondition<PvcName>({
  name: 'expansion-refused',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc }) => `expansion of PersistentVolumeClaim ${pvc} refused`,
  holds({ pvc }, history) {
    const pvcObject = latest(history, 'PersistentVolumeClaim', pvc)
    return (
      pvcObject !== undefined &&
      (hasCondition(pvcObject, 'ControllerResizeError') || progressOf(history, pvc) === 'ControllerResizeInfeasible')
    )
  },
  seen: ({ pvc }, history) => `${pvcState(history, pvc)}, ${conditionsOf(history, pvc)}, ${progressOf(history, pvc)}`,
})

function capacityOf({ object }: Observation): string | undefined {
  const capacity = field(object, 'status', 'capacity', 'storage')
  return typeof capacity === 'string' ? capacity : undefined
}

function progressOf(history: readonly HistoryEntry[], pvc: string): string {
  const progress = field(latest(history, 'PersistentVolumeClaim', pvc), 'status', 'allocatedResourceStatuses', 'storage')
  return typeof progress === 'string' ? progress : 'no progress'
}

function conditionsOf(history: readonly HistoryEntry[], pvc: string): string {
  const conditions = field(latest(history, 'PersistentVolumeClaim', pvc), 'status', 'conditions')
  const types = Array.isArray(conditions) ? conditions.map((one) => String(field(one, 'type'))) : []
  return types.join(', ') || 'no condition'
}
