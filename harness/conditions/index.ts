import '../readings/image-pull.ts'

export { allStarted } from './all-started.ts'
export { attachRefused, volumeDetached } from './attachments.ts'
export { namespaceGone, podWarned, provisionerAsked, pvcsIn, pvcWarned, volumesIn, volumeTerminating } from './binding.ts'
export {
  backupExpired,
  backupUnnoticed,
  deletionRefused,
  onlyBackup,
  snapshotOfBackupReady,
  snapshotsOfBackupGone,
} from './backup-keeping.ts'
export { locationReached } from './backup-storage-locations.ts'
export { pvcAbsent, pvcOwnedBy, pvcPending, pvcPresent, volumeModified, volumeReleased, volumeRemoved } from './claims.ts'
export { jobScheduled, jobWaiting } from './job-pods.ts'
export { cronJobFired, jobComplete, jobFailed } from './jobs.ts'
export { containerFailed, containerWaiting } from './containers.ts'
export { expansionRefused, quotaCounted, resizePending } from './expansion.ts'
export { nodeNotReady } from './nodes.ts'
export { podTerminating } from './pod-terminating.ts'
export { onlyPodReady, otherPodPresent, podOf } from './deployments.ts'
export { podBack, podNow } from './pod-back.ts'
export { podEnded, podsOrphaned, podsOwned } from './pod-owners.ts'
export { podAbsent, podNotReady, podPresent, podReady, podReplaced, podRestarted, podsReady } from './pods.ts'
export { allReady, podNotStarted, podScheduled, podUnschedulable } from './scheduling.ts'
export { scheduledBackupsCompleted, scheduleRan, scheduleRanNoMore } from './schedules.ts'
export { changeObserved, revisionsAre, revisionsKept, templateOf } from './revisions.ts'
export { contentsLeft, runsComplete, volumeSnapshotsLeft } from './rotation.ts'
export {
  sourceGuarded,
  volumeSnapshotAbsent,
  volumeSnapshotRefused,
  volumeSnapshotTerminating,
  volumeSnapshotUnserved,
  volumeSnapshotUnready,
} from './snapshots.ts'
export { quotaInForce } from './quotas.ts'
export { scaleObserved, statefulSetGone, statefulSetScaled } from './stateful-sets.ts'
export { serviceAddressed } from './services.ts'
export { crashCountReached } from './crash-count-reached.ts'
export { backupReached, backupRemoved, backupSynced, namespaceDestroyed, restoreReached } from './velero.ts'
export { triedToStart } from './tried-to-start.ts'
export { pvcExpanded, pvcSized, pvcsBound, volumeGroupSnapshotReady, volumeSnapshotReady } from './volumes.ts'
