import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { volumeHandleOf } from '../../pvc/volume/volume-source.ts'

/** A volume to which a PersistentVolumeClaim was bound: its handle, and its PersistentVolume as it was last seen. */
export interface BoundVolume {
  readonly handle: string
  readonly entry: Observation
}

/** The volume that a PersistentVolumeClaim was bound to first, and the one it was bound to last. */
export function boundVolumes(history: readonly HistoryEntry[], pvc: string): readonly [BoundVolume | undefined, BoundVolume | undefined] {
  const bound = observationsOf(history, 'PersistentVolumeClaim', pvc).filter(
    ({ object }) => field(object, 'spec', 'volumeName') !== undefined,
  )
  const first = bound[0]
  const last = bound.findLast(({ object }) => object.metadata.uid !== first?.object.metadata.uid)
  return [boundVolume(history, first), boundVolume(history, last)]
}

function boundVolume(history: readonly HistoryEntry[], pvcEntry: Observation | undefined): BoundVolume | undefined {
  const entry = observationsOf(history, 'PersistentVolume', String(field(pvcEntry?.object, 'spec', 'volumeName'))).at(-1)
  const handle = volumeHandleOf(entry?.object)
  return entry === undefined || handle === undefined ? undefined : { handle, entry }
}
