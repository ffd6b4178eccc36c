import { defineCondition } from '../../engine/judge/define-condition.ts'
import { field, latest, observationsOf } from '../../engine/object.ts'

/** A VolumeSnapshotContent whose VolumeSnapshot was deleted. */
export interface DeletedContent {
  readonly content: string
}

/**
 * A VolumeSnapshotContent is gone, or tells why its snapshot could not be deleted yet: a driver may refuse that while a volume made of the
 * snapshot depends on it. See https://github.com/container-storage-interface/spec/blob/master/spec.md#deletesnapshot-errors
 */
export const contentDeletionAnswered = defineCondition<DeletedContent>({
  name: 'content-deletion-answered',
  reads: ['VolumeSnapshotContent'],
  describe: ({ content }) => `VolumeSnapshotContent ${content} gone, or its deletion refused with an error`,
  holds({ content }, history) {
    const object = latest(history, 'VolumeSnapshotContent', content)
    if (object === undefined) return observationsOf(history, 'VolumeSnapshotContent', content).length > 0
    return object.metadata.deletionTimestamp !== undefined && field(object, 'status', 'error', 'message') !== undefined
  },
  seen({ content }, history) {
    const object = latest(history, 'VolumeSnapshotContent', content)
    if (object === undefined) return `no VolumeSnapshotContent ${content}`
    return object.metadata.deletionTimestamp === undefined ? 'not deleted' : 'being deleted, no error'
  },
})
