import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { observationsOf } from '../../../engine/object.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import type { PvcName } from '../../pvc/volume/keeps-its-volume.ts'
import { boundVolumes } from './bound-volumes.ts'

/**
 * A PersistentVolumeClaim came back as another object, and its PersistentVolume, another object too, stands for the volume that it had
 * before, by the same handle.
 */
export const restoredOnOldHandle = defineCheck<PvcName>({
  name: 'restored-on-old-handle',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc }) => `PersistentVolumeClaim ${pvc} is restored with the volume handle that it had`,
  judge,
})

function judge({ pvc }: PvcName, history: readonly HistoryEntry[]): Judgement {
  const [before, after] = boundVolumes(history, pvc)
  if (before === undefined || after === undefined)
    return inconclusive(`PersistentVolumeClaim ${pvc} was not seen with a volume before and after it was restored.`)
  const [was, is] = [before.entry, after.entry]
  if (before.handle !== after.handle)
    return violated(`PersistentVolumeClaim ${pvc} came back on another volume: handle ${after.handle}.`, {
      expected: before.handle,
      actual: after.handle,
      entries: [was, is],
    })
  const { name, uid } = is.object.metadata
  const earlier = [was, ...observationsOf(history, 'PersistentVolume', name)]
  if (earlier.some(({ object }) => object.metadata.uid !== uid)) return { outcome: 'upheld', evaluated: 2 }
  return inconclusive(`The PersistentVolume of ${pvc} was never gone: it could not be restored.`, [is.seq])
}
