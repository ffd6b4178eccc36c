import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { field, latest, observationsOf } from '../../engine/object.ts'

/** Name of the PersistentVolume of a PersistentVolumeClaim, as it was last seen, even when the PVC is gone by now. */
export function pvNameOf(history: readonly HistoryEntry[], pvc: string): string | undefined {
  const named = observationsOf(history, 'PersistentVolumeClaim', pvc).map(({ object }) => field(object, 'spec', 'volumeName'))
  return named.findLast((name): name is string => typeof name === 'string')
}

/** A PersistentVolumeClaim in a few words. */
export function pvcState(history: readonly HistoryEntry[], pvc: string): string {
  const object = latest(history, 'PersistentVolumeClaim', pvc)
  if (object === undefined) return `no PersistentVolumeClaim ${pvc}`
  const capacity = field(object, 'status', 'capacity', 'storage')
  const words = [
    pvc,
    String(field(object, 'status', 'phase')),
    ...(typeof capacity === 'string' ? [capacity] : []),
    ...(object.metadata.deletionTimestamp === undefined ? [] : ['terminating']),
  ]
  return words.join(' ')
}
