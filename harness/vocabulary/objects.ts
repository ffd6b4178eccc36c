export { accountWith } from './api/account.ts'
export { backupStorageLocation } from './velero/location/backup-storage-location.ts'
export { evictedSoon } from './node/evicted-soon.ts'
export { ephemeralPod, inlinePod } from './pod/builders/ephemeral-pods.ts'
export { pvc } from './pvc/persistent-volume-claim.ts'
export { managedVolume, sameVolume } from './pv/persistent-volume.ts'
export { directoryVolume, foreignVolume, localVolume } from './pv/directory-volume.ts'
export { storageQuota } from './pvc/storage-quota.ts'
export { defaultMark, notDefault, storageClass } from './storage-class/storage-class.ts'
export { slowClass } from './storage-class/slow-class.ts'
export { hostNameOf, roomOn } from './storage-class/storage-capacity.ts'
export { zoneClass } from './storage-class/zone-class.ts'
export { pvcWithModes } from './pvc/pvc-with-modes.ts'
export { configMap } from './api/config-map.ts'
export { databaseClient } from './database/database-client.ts'
export { byCommand } from './pod/builders/by-command.ts'
export { etcdService, etcdSet } from './database/etcd.ts'
export { contentOf, foundSnapshot, handleOfSnapshot, leakedHandle } from './snapshot/found-snapshot.ts'
export { deployment } from './deployment/deployment.ts'
export { headlessService, service } from './service/headless-service.ts'
export { httpClient } from './service/http-client.ts'
export { idlePod } from './pod/builders/idle-pod.ts'
export { leaderAndFollowers } from './statefulset/leader-and-followers.ts'
export { readOnlyPath, recursivelyReadOnly } from './pod/builders/recursive-read-only.ts'
export { redisDeployment, rollOut } from './database/redis.ts'
export { statefulSetWithPassword } from './statefulset/stateful-set-with-password.ts'
export { dumpIgnoringErrors, pruneDumps, restoreFromBucket, strictDump } from './job/dump-jobs.ts'
export {
  compressedDumps,
  dumpCompressed,
  endsAtOnce,
  failsTwice,
  keptDirectory,
  looksAtFiles,
  restoreCompressed,
  takesLong,
} from './job/job-scripts.ts'
export { copyFiles } from './job/file-copies.ts'
export { cronJob, job, jobFrom } from './job/jobs.ts'
export { podDisruptionBudget } from './pod/builders/pod-disruption-budget.ts'
export { mongoService, mongoSet } from './database/mongo.ts'
export { blockPod, directoryOfPvc, leavesItsVolume, pod, podWithPvcs } from './pod/builders/pod.ts'
export { killServer, postgresPod, postgresSecret, postgresService, postgresSet } from './database/postgres.ts'
export { copyQuery, isStandby, replicatedPostgres, replicationScripts, withoutStandbys } from './database/replicated-postgres.ts'
export { resourceQuota } from './pvc/resource-quota.ts'
export { wrongCredentials } from './velero/store/store-client.ts'
export { pruneSnapshots } from './job/prune-snapshots.ts'
export { snapshotRequest } from './job/snapshot-request.ts'
export { snapshotClass, tornSnapshotClass } from './snapshot/snapshot-class.ts'
export { rotateSnapshots, snapshotAccess } from './job/snapshot-jobs.ts'
export { spreadOverZones } from './statefulset/spread-over-zones.ts'
export { selectorOf, statefulSet } from './statefulset/stateful-set.ts'
export { withScratch } from './statefulset/with-scratch.ts'
export { anotherImage, deadlinePassed, missingImage, otherImage, restart, restartOf } from './statefulset/templates.ts'
export { backup, fileSystemBackupOf } from './velero/backup/backup.ts'
export { volumeAttachment } from './volume-attachment/volume-attachment.ts'
export { namedServers, serverPort } from './service/named-servers.ts'
export { memberOf, volumeGroupSnapshot } from './snapshot/volume-group-snapshot.ts'
export { volumeSnapshot, volumeSnapshotOf } from './snapshot/volume-snapshot.ts'
export { controlPlaneOf, nodeToDisrupt, otherWorker, twoWorkers, twoZones, workersOf, zonesOf } from './node/worker-nodes.ts'
export { pausedScript, resumeScript } from './data/paused-script.ts'
export {
  crash,
  emptied,
  openGate,
  overwrite,
  secondIsSlow,
  shutGate,
  shutGateForAWhile,
  shutGateUntilOpened,
} from './pod/builders/workload-container.ts'
