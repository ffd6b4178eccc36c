import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** Name of the PersistentVolume of a PersistentVolumeClaim, as it was last seen, even when the PVC is gone by now. */
export function pvNameOf(history: readonly HistoryEntry[], pvc: string): string | undefined {
  const named = observationsOf(history, 'PersistentVolumeClaim', pvc).map(({ object }) => field(object, 'spec', 'volumeName'))
  return named.findLast((name): name is string => typeof name === 'string')
}
