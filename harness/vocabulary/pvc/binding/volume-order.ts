import { storedInOrder } from '../../../engine/judge/stored-in-order.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf, phaseOf } from '../../../engine/object.ts'
import type { PvcName } from '../volume/keeps-its-volume.ts'
import { selectedNode } from './node-selected.ts'
import { pvNameOf } from '../readings.ts'

/**
 * The scheduler selected a node for a PVC before its PersistentVolume was made. See
 * https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode
 */
export const nodeSelectedFirst = defineCheck<PvcName>({
  name: 'node-selected-first',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc }) => `a node is selected for ${pvc} before its PersistentVolume is made`,
  judge({ pvc }, history) {
    const [made] = observationsOf(history, 'PersistentVolume', pvNameOf(history, pvc) ?? '')
    if (made?.event !== 'ADDED') return inconclusive(`The PersistentVolume of ${pvc} was not seen from the beginning.`)
    const selected = observationsOf(history, 'PersistentVolumeClaim', pvc).find(
      ({ object }) => object.metadata.annotations?.[selectedNode] !== undefined,
    )
    if (selected === undefined) return violated(`No node was ever selected for PersistentVolumeClaim ${pvc}.`, { entries: [made] })
    return storedInOrder(selected, made, `The PersistentVolume of ${pvc} was made before a node was selected.`)
  },
})

/** A PVC was Bound before anybody asked to attach its volume. */
export const boundBeforeAttached = defineCheck<PvcName>({
  name: 'bound-before-attached',
  reads: ['PersistentVolumeClaim', 'VolumeAttachment'],
  describe: ({ pvc }) => `${pvc} is Bound before its volume is to be attached`,
  judge({ pvc }, history) {
    const volume = pvNameOf(history, pvc)
    const attachment = observationsOf(history, 'VolumeAttachment').find(
      ({ object }) => volume !== undefined && field(object, 'spec', 'source', 'persistentVolumeName') === volume,
    )
    if (attachment?.event !== 'ADDED') return inconclusive(`No VolumeAttachment of the volume of ${pvc} was seen from the beginning.`)
    const bound = observationsOf(history, 'PersistentVolumeClaim', pvc).find(({ object }) => phaseOf(object) === 'Bound')
    if (bound === undefined) return violated(`PersistentVolumeClaim ${pvc} was never Bound.`, { entries: [attachment] })
    return storedInOrder(bound, attachment, `The volume of ${pvc} was to be attached before the PersistentVolumeClaim was Bound.`)
  },
})
