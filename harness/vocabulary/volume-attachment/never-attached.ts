import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import { pvNameOf } from '../pvc/readings.ts'

/** A PVC of whose volume no attachment is asked for, and another one that shows that attachments are asked for. */
export interface NeverAttached {
  readonly pvc: string
  readonly unlike: string
}

/** Nobody made a VolumeAttachment for the volume of one PVC, though one was made for that of another. */
export const neverAttached = defineCheck<NeverAttached>({
  name: 'never-attached',
  reads: ['VolumeAttachment', 'PersistentVolumeClaim'],
  describe: ({ pvc, unlike }) => `no VolumeAttachment for the volume of ${pvc}, unlike that of ${unlike}`,
  judge,
})

function judge({ pvc, unlike }: NeverAttached, history: readonly HistoryEntry[]): Judgement {
  const [volume, other] = [pvNameOf(history, pvc), pvNameOf(history, unlike)]
  if (volume === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was never seen with a volume.`)
  const made = observationsOf(history, 'VolumeAttachment')
  const of = (name: string | undefined) => made.find(({ object }) => field(object, 'spec', 'source', 'persistentVolumeName') === name)
  const stray = of(volume)
  if (stray !== undefined)
    return violated(`VolumeAttachment ${stray.object.metadata.name} was made for the volume of PersistentVolumeClaim ${pvc}.`, {
      expected: 'no VolumeAttachment',
      actual: `one for node ${String(field(stray.object, 'spec', 'nodeName'))}`,
      entries: [stray],
    })
  if (other === undefined || of(other) === undefined)
    return inconclusive(`No VolumeAttachment was made for the volume of ${unlike}, either.`)
  return { outcome: 'upheld', evaluated: made.length }
}
