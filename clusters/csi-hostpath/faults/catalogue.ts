/** CSI rules that the driver can break for one volume, one at a time. */
export const volumeFaults = {
  'restore-empty': 'A volume restored from a snapshot is empty.',
  'restore-current-source': 'A volume restored from a snapshot holds what the source holds now.',
  'restore-shares-source': 'A volume restored from a snapshot, or cloned, is the source itself under another name.',
  'restore-drops-file': 'A volume restored from a snapshot lacks one file.',
  'restore-drops-modes': 'Every file and directory of a volume restored from a snapshot has the same permissions.',
  'restore-drops-symlinks': 'A volume restored from a snapshot lacks its symbolic links.',
  'restore-drops-xattrs': 'A volume restored from a snapshot lacks its extended attributes.',
  'copies-keep-size': 'A volume restored from a snapshot, or cloned, stays as small as its source, though it says otherwise.',
  'copies-collide': 'The file system of a volume cannot be mounted while one of the same UUID is: its source, or its copy.',
  'expansion-books-only': 'An expansion is answered as done and nothing grows.',
  'expansion-truncates': 'An expansion cuts every file, or a block volume, to its first half.',
  'later-expansion-truncates': 'Every expansion of a volume but the first cuts every file, or a block volume, to its first half.',
  'expansion-fails': 'ControllerExpandVolume fails faultTimes times with faultCode.',
  'node-expansion-fails': 'NodeExpandVolume fails faultTimes times with faultCode.',
  'creation-fails': 'CreateVolume fails faultTimes times with faultCode.',
  'delete-leaves-data': 'A deletion is answered as done and nothing is removed.',
  'deletion-spreads': 'A deletion also erases all volumes made with this fault that are attached to no node.',
  'deletes-under-retain': 'The data is erased when the volume is detached, although nobody deleted the volume.',
  'volumes-share-data': 'All volumes made with this fault are one and the same file.',
  'wrong-volume-published': 'What is attached is another volume that was made with this fault.',
  'read-only-is-writable': 'A volume published as read-only can be written.',
  'size-not-enforced': 'The file system or block device is ten times as large as it says.',
  'attach-on-two-nodes': 'A volume for one node is attached to a second one.',
  'detach-never-happens': 'A detachment is answered as done and the volume stays attached.',
  'fsync-lies': 'All that was written since the volume was staged, flushed or not, is gone once it is unstaged.',
  'stage-fails': 'NodeStageVolume fails faultTimes times with faultCode.',
  'modify-books-only': 'A modification is answered as done and nothing changes.',
  'slow-calls': 'Every call about the volume takes faultSeconds longer.',
} as const

/** CSI rules that the driver can break for one snapshot. */
export const snapshotFaults = {
  'snapshot-torn': 'The source is copied in two parts, faultSeconds apart, while it is being written.',
  'snapshot-lazy': 'The content is taken when the snapshot is first restored.',
  'snapshot-ready-early': 'The snapshot is ready at once, and its content is taken faultSeconds later; before that it is empty.',
  'snapshot-fails': 'CreateSnapshot fails faultTimes times with faultCode.',
  'snapshot-delete-leaves-data': 'A deletion is answered as done and nothing is removed.',
  'slow-calls': 'Every call about the snapshot takes faultSeconds longer.',
} as const

/** CSI rules that the driver can break for one group snapshot. */
export const groupFaults = {
  'group-apart': 'The volumes of the group are copied one after the other, faultSeconds apart.',
  'snapshot-fails': 'CreateVolumeGroupSnapshot fails faultTimes times with faultCode.',
  'slow-calls': snapshotFaults['slow-calls'],
} as const

export type VolumeFault = keyof typeof volumeFaults
export type SnapshotFault = keyof typeof snapshotFaults
export type GroupFault = keyof typeof groupFaults
export type FaultName = VolumeFault | SnapshotFault | GroupFault
