import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** What a VolumeAttachment says. */
export interface Attachment {
  readonly name: string
  readonly volume: string
  readonly node: string
  readonly attached: boolean
  /** Why the driver refused, where it did. */
  readonly error?: string
  /** The entry that says so. */
  readonly entry: Observation
}

/** The VolumeAttachments that are there at the end of a history. */
export function attachmentsNow(history: readonly HistoryEntry[]): readonly Attachment[] {
  const present = new Map<string, Observation>()
  for (const entry of observationsOf(history, 'VolumeAttachment')) {
    if (entry.event === 'DELETED') present.delete(entry.object.metadata.uid)
    else present.set(entry.object.metadata.uid, entry)
  }
  return [...present.values()].map(attachmentOf)
}

function attachmentOf(entry: Observation): Attachment {
  const { object } = entry
  const error = field(object, 'status', 'attachError', 'message')
  return {
    name: object.metadata.name,
    volume: String(field(object, 'spec', 'source', 'persistentVolumeName')),
    node: String(field(object, 'spec', 'nodeName')),
    attached: field(object, 'status', 'attached') === true,
    ...(typeof error === 'string' && { error }),
    entry,
  }
}
