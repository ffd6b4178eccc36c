import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { field, latest, observationsOf, phaseOf } from '../../../engine/object.ts'
import type { PvcName } from '../volume/keeps-its-volume.ts'
import { pvcState } from '../readings.ts'

/**
 * A PersistentVolumeClaim is gone that never was Bound, and the PersistentVolume that was made for it nevertheless is gone too. See
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#delete
 */
export const unboundVolumeRemoved = defineCondition<PvcName>({
  name: 'unbound-volume-removed',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc }) => `PersistentVolumeClaim ${pvc} gone unbound, and the PersistentVolume made for it gone`,
  holds({ pvc }, history) {
    const volume = volumeFor(history, pvc)
    const isGone = latest(history, 'PersistentVolumeClaim', pvc) === undefined
    return isGone && volume !== undefined && latest(history, 'PersistentVolume', volume) === undefined
  },
  unreachable({ pvc }, history) {
    const bound = observationsOf(history, 'PersistentVolumeClaim', pvc).some(({ object }) => phaseOf(object) === 'Bound')
    return bound ? `PersistentVolumeClaim ${pvc} was Bound before it was gone.` : undefined
  },
  seen({ pvc }, history) {
    const volume = volumeFor(history, pvc)
    const state = volume === undefined ? undefined : latest(history, 'PersistentVolume', volume)
    const found = state === undefined ? 'gone' : String(phaseOf(state))
    return `${pvcState(history, pvc)}, ${volume === undefined ? 'no PersistentVolume seen' : `PersistentVolume ${volume} ${found}`}`
  },
})

/** Name of the PersistentVolume that claims a PersistentVolumeClaim, whether or not the PVC knows of it. */
function volumeFor(history: readonly HistoryEntry[], pvc: string): string | undefined {
  const uids = new Set(observationsOf(history, 'PersistentVolumeClaim', pvc).map(({ object }) => object.metadata.uid))
  const volume = observationsOf(history, 'PersistentVolume').findLast(({ object }) =>
    uids.has(String(field(object, 'spec', 'claimRef', 'uid'))),
  )
  return volume?.object.metadata.name
}
