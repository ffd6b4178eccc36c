import { type Attachment, attachmentsNow } from './attachments.ts'
import type { PvcName } from '../pvc/volume/keeps-its-volume.ts'
import { observationsOf } from '../../engine/object.ts'
import { pvNameOf } from '../pvc/readings.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'

/** The volume of a PersistentVolumeClaim, and a node to which it is to be attached. */
export interface AttachmentTo {
  readonly pvc: string
  readonly node: string
}

/**
 * The driver refused to attach the volume of a PersistentVolumeClaim to a node. What its sidecar could not do, and what the driver left
 * unanswered, is no refusal: it is tried again.
 */
export const attachRefused = defineCondition<AttachmentTo>({
  name: 'attach-refused',
  reads: ['VolumeAttachment', 'PersistentVolumeClaim'],
  describe: ({ pvc, node }) => `attachment of the volume of ${pvc} to ${node} refused`,
  holds: (where, history) => isRefusal(found(where, history)),
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
})

/** Answers of a driver, by their status codes. See https://github.com/container-storage-interface/spec/blob/master/spec.md#error-scheme */
const refusal = /rpc error: code = (?!Canceled|DeadlineExceeded|Unavailable)/u

function isRefusal(attachment: Attachment | undefined): boolean {
  return attachment?.attached === false && refusal.test(attachment.error ?? '')
}

/** The volume of a PersistentVolumeClaim is attached to a node. */
export const volumeAttached = defineCondition<AttachmentTo>({
  name: 'volume-attached',
  reads: ['VolumeAttachment', 'PersistentVolumeClaim'],
  describe: ({ pvc, node }) => `volume of ${pvc} attached to ${node}`,
  holds: (where, history) => found(where, history)?.attached === true,
  seen: (where, history) => found(where, history)?.error ?? `no attachment of the volume of ${where.pvc} to ${where.node}`,
})

/** No VolumeAttachment asks for the volume of a PersistentVolumeClaim on a node, and none that did is still being undone. */
export const attachmentUndone = defineCondition<AttachmentTo>({
  name: 'attachment-undone',
  reads: ['VolumeAttachment', 'PersistentVolumeClaim'],
  describe: ({ pvc, node }) => `no attachment of the volume of ${pvc} to ${node}`,
  holds: (where, history) => pvNameOf(history, where.pvc) !== undefined && found(where, history) === undefined,
  seen: (where, history) => found(where, history)?.name ?? `no volume of ${where.pvc}`,
})

/** The volume of a PersistentVolumeClaim is attached to no node, nor is an attachment asked for. */
export const volumeDetached = defineCondition<PvcName>({
  name: 'volume-detached',
  reads: ['VolumeAttachment', 'PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc }) => `volume of ${pvc} detached from every node`,
  holds: ({ pvc }, history) => isVolumeSeen(pvc, history) && attachmentsOf(pvc, history).length === 0,
  seen: ({ pvc }, history) =>
    attachmentsOf(pvc, history)
      .map(({ name, node }) => `VolumeAttachment ${name} to ${node}`)
      .join(', ') || `no volume of ${pvc}`,
})

/** VolumeAttachments are known to be of this guarantee by their PersistentVolumes. */
function isVolumeSeen(pvc: string, history: readonly HistoryEntry[]): boolean {
  const volume = pvNameOf(history, pvc)
  return volume !== undefined && observationsOf(history, 'PersistentVolume', volume).length > 0
}

function attachmentsOf(pvc: string, history: readonly HistoryEntry[]): readonly Attachment[] {
  const volume = pvNameOf(history, pvc)
  return attachmentsNow(history).filter((attachment) => attachment.volume === volume)
}

function attachedTo({ pvc }: AttachmentTo, history: readonly HistoryEntry[]): readonly Attachment[] {
  return attachmentsOf(pvc, history).filter((attachment) => attachment.attached)
}

function found({ pvc, node }: AttachmentTo, history: readonly HistoryEntry[]): Attachment | undefined {
  return attachmentsOf(pvc, history).find((attachment) => attachment.node === node)
}
