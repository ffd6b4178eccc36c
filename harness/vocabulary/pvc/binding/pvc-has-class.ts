import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, latest, observationsOf } from '../../../engine/object.ts'

/** A PersistentVolumeClaim and the StorageClass that it is to have. */
export interface ExpectedClass {
  readonly pvc: string
  readonly storageClass: string
}

/** A PersistentVolumeClaim is Bound and of a StorageClass, and so is its PersistentVolume. */
export const pvcHasClass = defineCheck<ExpectedClass>({
  name: 'pvc-has-class',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc, storageClass }) => `PersistentVolumeClaim ${pvc} and its volume have StorageClass ${storageClass}`,
  judge,
})

function judge({ pvc, storageClass }: ExpectedClass, history: readonly HistoryEntry[]): Judgement {
  const [pvcEntry] = observationsOf(history, 'PersistentVolumeClaim', pvc).slice(-1)
  const [volume] = observationsOf(history, 'PersistentVolume', String(field(pvcEntry?.object, 'spec', 'volumeName'))).slice(-1)
  if (latest(history, 'PersistentVolumeClaim', pvc) === undefined || pvcEntry === undefined || volume === undefined)
    return inconclusive(`PersistentVolumeClaim ${pvc} was never seen Bound.`)
  for (const { kind, object, seq } of [pvcEntry, volume]) {
    const found = String(field(object, 'spec', 'storageClassName'))
    if (found !== storageClass)
      return violated(`${kind} ${object.metadata.name} has StorageClass ${found} instead of ${storageClass}.`, {
        expected: storageClass,
        actual: found,
        entries: [{ seq }],
      })
  }
  return { outcome: 'upheld', evaluated: 2 }
}
