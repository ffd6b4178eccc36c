import './pod/start/image-pull.ts'
import './pod/start/refused-pods.ts'
import './pod/start/slow-pull.ts'
import './velero/server/busy-velero.ts'

export { allStarted } from './pod/start/all-started.ts'
export { attachmentUndone, attachRefused, volumeDetached, volumeAttached } from './volume-attachment/conditions.ts'
export { nodeSelected } from './pvc/binding/node-selected.ts'
export { namespaceGone, provisionerAsked, pvcsIn, pvcWarned, volumesIn, volumeTerminating } from './pvc/binding/binding.ts'
export { budgetSettled } from './node/budget-settled.ts'
export {
  backupExpired,
  backupUnnoticed,
  deletionRefused,
  onlyBackup,
  snapshotOfBackupReady,
  snapshotsOfBackupGone,
  snapshotsOfBackupLeft,
} from './velero/backup/backup-keeping.ts'
export { locationReached } from './velero/location/backup-storage-locations.ts'
export {
  pvcAbsent,
  pvcExpanded,
  pvcOwnedBy,
  pvcPending,
  pvcPresent,
  pvcsBound,
  pvcSized,
  pvcTerminating,
  volumeModified,
  volumeReleased,
  volumeRemoved,
} from './pvc/conditions.ts'
export { jobScheduled, jobWaiting, jobWithoutPods } from './job/job-pods.ts'
export { cronJobFired, jobComplete, jobFailed } from './job/conditions.ts'
export { containerFailed, containerWaiting } from './pod/containers.ts'
export { eventSeen } from './event/event-seen.ts'
export { expansionFinished, onlyVolumeGrown, expansionSettled } from './pvc/expansion/expansion-stages.ts'
export { driverRegisteredAnew } from './csi-driver/driver-registered-anew.ts'
export { expansionRefused, resizePending } from './pvc/expansion/expansion.ts'
export { nodeLost, nodeNotReady, nodeReady } from './node/conditions.ts'
export { podKept, podTerminating } from './pod/identity/pod-terminating.ts'
export { onlyPodReady, otherPodPresent, podOf, replicasOf, replicasPresent, replicasReady } from './deployment/conditions.ts'
export { replacementOf, replacementPending, replacementReady } from './deployment/replacement.ts'
export { podDisrupted } from './pod/restart/pod-disrupted.ts'
export { podWarned } from './pod/restart/pod-warned.ts'
export { podBack, podNow } from './pod/identity/pod-back.ts'
export { podEnded, podsOrphaned, podsOwned } from './pod/identity/pod-owners.ts'
export { restartsReached } from './pod/restarts.ts'
export {
  podAbsent,
  podGone,
  podNotReady,
  podPresent,
  podReady,
  podRecreated,
  podReplaced,
  podRestarted,
  podsReady,
} from './pod/conditions.ts'
export { allReady, podNotStarted, podScheduled, podUnschedulable } from './pod/start/scheduling.ts'
export { scheduledBackupsCompleted, scheduleEnabled, scheduleRan, scheduleRanNoMore } from './velero/schedule/conditions.ts'
export { changeObserved, revisionDeleted, revisionsAre, revisionsKept, templateOf } from './statefulset/update/revisions.ts'
export { contentsLeft, onlyReadyLeft, runsComplete, volumeSnapshotsLeft } from './job/rotation.ts'
export { contentDeletionAnswered } from './snapshot/content-deletion.ts'
export {
  sourceGuarded,
  volumeGroupSnapshotReady,
  volumeSnapshotAbsent,
  volumeSnapshotBegun,
  volumeSnapshotReady,
  volumeSnapshotRefused,
  volumeSnapshotTaken,
  volumeSnapshotTerminating,
  volumeSnapshotUnserved,
  volumeSnapshotUnready,
} from './snapshot/conditions.ts'
export { unboundVolumeRemoved } from './pvc/binding/unbound-volume-removed.ts'
export { shownUnused, unusedKnown } from './pvc/unused.ts'
export { quotaCounted, quotaUsed } from './pvc/quota/quota-used.ts'
export { noneReadyCounted, scaleObserved, statefulSetGone, statefulSetScaled } from './statefulset/conditions.ts'
export { serviceAddressed } from './service/conditions.ts'
export { crashCountReached } from './pod/restart/crash-count-reached.ts'
export { backupReached, backupRemoved, backupSynced } from './velero/backup/conditions.ts'
export { namespaceDestroyed, restoreReached, restoreRemoved } from './velero/restore/conditions.ts'
export { triedToStart } from './pod/start/tried-to-start.ts'
