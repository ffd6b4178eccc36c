import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import { pvNameOf } from '../pvc/readings.ts'

/** A PersistentVolumeClaim, the nodes that its volume is for, and the VolumeAttachment that the guarantee made itself. */
export interface AttachmentsOf {
  readonly pvc: string
  readonly nodes: readonly string[]
  readonly byHand: string
}

/** Kubernetes asks for the volume of a PersistentVolumeClaim on these nodes alone: it makes no VolumeAttachment for another one. */
export const attachmentsOnlyFor = defineCheck<AttachmentsOf>({
  name: 'attachments-only-for',
  reads: ['VolumeAttachment', 'PersistentVolumeClaim'],
  describe: ({ pvc, nodes }) => `Kubernetes asks to attach the volume of ${pvc} to ${nodes.join(', ')} alone`,
  judge,
})

function judge({ pvc, nodes, byHand }: AttachmentsOf, history: readonly HistoryEntry[]): Judgement {
  const volume = pvNameOf(history, pvc)
  if (volume === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was never seen with a volume.`)
  const made = observationsOf(history, 'VolumeAttachment').filter(
    ({ object }) => field(object, 'spec', 'source', 'persistentVolumeName') === volume && object.metadata.name !== byHand,
  )
  if (made.length === 0) return inconclusive(`No VolumeAttachment of the volume of ${pvc} was seen.`)
  const other = made.find(({ object }) => !nodes.includes(String(field(object, 'spec', 'nodeName'))))
  if (other === undefined) return { outcome: 'upheld', evaluated: made.length }
  const node = String(field(other.object, 'spec', 'nodeName'))
  return violated(`Kubernetes asked to attach the volume of PersistentVolumeClaim ${pvc} to ${node}, too.`, {
    expected: `VolumeAttachments for ${nodes.join(', ')} alone`,
    actual: `VolumeAttachment ${other.object.metadata.name} for ${node}`,
    entries: [other],
  })
}
