import { type Attachment, attachmentsNow } from '../checks/attachments.ts'
import { volumeOf } from '../checks/reading.ts'
import { defineCondition } from '../define-condition.ts'
import type { HistoryEntry } from '../history-entry.ts'
import * as examples from './attachments.examples.ts'

/** The volume of a PersistentVolumeClaim, and a node to which it is to be attached. */
export interface AttachmentTo {
  readonly pvc: string
  readonly node: string
}

/** The driver refused to attach the volume of a PersistentVolumeClaim to a node. */
export const attachRefused = defineCondition<AttachmentTo>({
  name: 'attach-refused',
  describe: ({ pvc, node }) => `attachment of the volume of ${pvc} to ${node} refused`,
  holds: (where, history) => found(where, history)?.error !== undefined && found(where, history)?.attached === false,
  unreachable(where, history) {
    const others = attachedTo(where, history).filter(({ node }) => node !== where.node)
    const here = found(where, history)
    if (here === undefined || !here.attached) return undefined
    const elsewhere = others.map(({ node }) => node).join(', ')
    return `the volume was attached to ${where.node}${elsewhere === '' ? '' : ` while it is attached to ${elsewhere}`}.`
  },
  seen(where, history) {
    const here = found(where, history)
    if (here === undefined) return `no VolumeAttachment to ${where.node}`
    return `VolumeAttachment ${here.name} ${here.attached ? 'attached' : 'not attached'}, ${here.error ?? 'no error'}`
  },
  examples: examples.attachRefused,
})

function attachedTo({ pvc }: AttachmentTo, history: readonly HistoryEntry[]): readonly Attachment[] {
  const volume = volumeOf(history, pvc)
  return attachmentsNow(history).filter((attachment) => attachment.volume === volume && attachment.attached)
}

function found({ pvc, node }: AttachmentTo, history: readonly HistoryEntry[]): Attachment | undefined {
  const volume = volumeOf(history, pvc)
  return attachmentsNow(history).find((attachment) => attachment.volume === volume && attachment.node === node)
}
