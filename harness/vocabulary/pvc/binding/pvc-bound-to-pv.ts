import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf, phaseOf } from '../../../engine/object.ts'

/** A PersistentVolumeClaim and the PersistentVolume that it is to have. */
export interface Binding {
  readonly pvc: string
  readonly volume: string
}

/** A PersistentVolumeClaim and a PersistentVolume are bound to each other, and the PVC reports the capacity of the volume. */
export const pvcBoundToPv = defineCheck<Binding>({
  name: 'bound-to',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc, volume }) => `PersistentVolumeClaim ${pvc} and PersistentVolume ${volume} are bound to each other`,
  judge,
})

function judge({ pvc, volume }: Binding, history: readonly HistoryEntry[]): Judgement {
  const pvcEntry = observationsOf(history, 'PersistentVolumeClaim', pvc).findLast(({ object }) => phaseOf(object) === 'Bound')
  if (pvcEntry === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was never seen Bound.`)
  const found = String(field(pvcEntry.object, 'spec', 'volumeName'))
  if (found !== volume) {
    return violated(`PersistentVolumeClaim ${pvc} is bound to ${found} instead of ${volume}.`, {
      expected: volume,
      actual: found,
      entries: [pvcEntry],
    })
  }
  const bound = observationsOf(history, 'PersistentVolume', volume).findLast(({ object }) => phaseOf(object) === 'Bound')
  if (bound === undefined) return inconclusive(`PersistentVolume ${volume} was never seen Bound.`)
  const [ours, theirs] = [pvcEntry.object.metadata.uid, field(bound.object, 'spec', 'claimRef', 'uid')]
  if (theirs !== ours) {
    const other = String(field(bound.object, 'spec', 'claimRef', 'name'))
    return violated(`PersistentVolume ${volume} is bound to another PersistentVolumeClaim than ${pvc}: ${other}.`, {
      expected: `claimRef with UID ${ours}`,
      actual: String(theirs),
      entries: [pvcEntry, bound],
    })
  }
  const [reported, has] = [field(pvcEntry.object, 'status', 'capacity', 'storage'), field(bound.object, 'spec', 'capacity', 'storage')]
  if (reported === has) return { outcome: 'upheld', evaluated: 2 }
  return violated(
    `PersistentVolumeClaim ${pvc} reports a capacity of ${String(reported)} though its PersistentVolume has ${String(has)}.`,
    {
      expected: String(has),
      actual: String(reported),
      entries: [pvcEntry, bound],
    },
  )
}
