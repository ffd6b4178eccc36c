export { accountWith } from './api/account.ts'
export { backupStorageLocation } from './velero/location/backup-storage-location.ts'
export { evictedSoon } from './node/evicted-soon.ts'
export { ephemeralPod, inlinePod } from './pod/builders/ephemeral-pods.ts'
export { pvc, withoutRequest } from './pvc/persistent-volume-claim.ts'
export { limitRange } from './pvc/quota/limit-range.ts'
export { managedVolume, sameVolume, foundVolume } from './pv/persistent-volume.ts'
export { directoryVolume, foreignVolume, localVolume } from './pv/directory-volume.ts'
export { storageQuota } from './pvc/quota/storage-quota.ts'
export { defaultMark, notDefault, storageClass } from './storage-class/storage-class.ts'
export { failingClass } from './storage-class/failing-class.ts'
export { fullOnceClass } from './storage-class/full-once-class.ts'
export { longerThanKubeletRestart, slowClass } from './storage-class/slow-class.ts'
export { hostNameOf, roomOn } from './storage-class/storage-capacity.ts'
export { zoneClass } from './storage-class/zone-class.ts'
export { pvcWithModes } from './pvc/pvc-with-modes.ts'
export { configMap } from './api/config-map.ts'
export { csiDriver } from './csi-driver/csi-driver.ts'
export { databaseClient } from './database/database-client.ts'
export { byCommand } from './pod/builders/by-command.ts'
export { etcdService, etcdSet } from './database/etcd.ts'
export {
  configuredPod,
  fileOfConfigMap,
  fileOfSecret,
  imagePod,
  ownProgramDirectory,
  scratchPod,
} from './pod/builders/pods-with-volumes.ts'
export { contentOf, foundSnapshot, handleOfSnapshot, leakedHandle } from './snapshot/found-snapshot.ts'
export { deployment, recreateStrategy, scaledTo, withPvcTemplates } from './deployment/deployment.ts'
export {
  defaultGracePeriod,
  longGracePeriod,
  withDefaultGracePeriod,
  withLongGracePeriod,
  withPreStop,
} from './pod/builders/grace-period.ts'
export { secret } from './api/secret.ts'
export { headlessService, service } from './service/headless-service.ts'
export { httpClient } from './service/http-client.ts'
export { idlePod } from './pod/builders/idle-pod.ts'
export { leaderAndFollowers } from './statefulset/builders/leader-and-followers.ts'
export { pagePath, pageServers } from './service/page-servers.ts'
export { rabbitSecret, rabbitService, rabbitSet } from './database/rabbitmq.ts'
export { readOnlyPath, recursivelyReadOnly } from './pod/builders/recursive-read-only.ts'
export { redisDeployment, rollOut } from './database/redis.ts'
export { statefulSetWithPassword } from './statefulset/builders/stateful-set-with-password.ts'
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
export { dumpMariadb } from './job/mariadb-jobs.ts'
export { cronJob, job, jobFrom } from './job/jobs.ts'
export { podDisruptionBudget } from './pod/builders/pod-disruption-budget.ts'
export { mariadbPod, mariadbService, mariadbSet } from './database/mariadb.ts'
export { mariadbUser, replicatedMariadb } from './database/replicated-mariadb.ts'
export { passwordSecret } from './database/password-secret.ts'
export { mongoService, mongoSet } from './database/mongo.ts'
export { blockPod, directoryOfPvc, leavesItsVolume, pod, podWithPvcs } from './pod/builders/pod.ts'
export { scratchDirectory, withScratch } from './pod/builders/with-scratch.ts'
export { killServer, postgresOnNodeDisk, postgresPod, postgresService, postgresSet } from './database/postgres.ts'
export { copyQuery, isStandby, replicatedPostgres, replicationScripts, withoutStandbys } from './database/replicated-postgres.ts'
export { quotaSizes } from './pvc/quota/quota-sizes.ts'
export { resourceQuota } from './pvc/quota/resource-quota.ts'
export { wrongCredentials } from './velero/store/store-client.ts'
export { withProbes } from './pod/builders/probes.ts'
export { pruneSnapshots } from './job/prune-snapshots.ts'
export { snapshotRequest } from './job/snapshot-request.ts'
export { snapshotClass, snapshotClassName, tornSnapshotClass } from './snapshot/snapshot-class.ts'
export { rotateSnapshots, snapshotAccess } from './job/snapshot-jobs.ts'
export { spreadOverZones } from './statefulset/builders/spread-over-zones.ts'
export { selectorOf, statefulSet } from './statefulset/builders/stateful-set.ts'
export {
  anotherImage,
  deadlinePassed,
  missingImage,
  otherImage,
  restart,
  restartOf,
  schedulable,
  slowlyReady,
  unscheduled,
} from './statefulset/builders/templates.ts'
export { withDataOnNode } from './statefulset/builders/data-on-node.ts'
export { backup, fileSystemBackupOf } from './velero/backup/backup.ts'
export { attachmentNameOf } from './volume-attachment/attachment-name.ts'
export { skipByLabel } from './velero/backup/volume-policies.ts'
export { volumeAttachment } from './volume-attachment/volume-attachment.ts'
export { namedServers, serverPort, startServer, startServerSlowly } from './service/named-servers.ts'
export { zookeeperClient, zookeeperService, zookeeperSet } from './database/zookeeper.ts'
export { memberOf, volumeGroupSnapshot } from './snapshot/volume-group-snapshot.ts'
export { volumeSnapshot, volumeSnapshotOf } from './snapshot/volume-snapshot.ts'
export { controlPlaneOf, nodeToDisrupt, otherWorker, twoWorkers, twoZones, workersOf, zonesOf } from './node/worker-nodes.ts'
export { pausedScript, resumeScript } from './data/paused-script.ts'
export {
  crash,
  emptied,
  gateIsOpen,
  openGate,
  overwrite,
  secondIsSlow,
  shutGate,
  shutGateForAWhile,
  shutGateUntilOpened,
  slowStart,
  slowStartSeconds,
  writeText,
} from './pod/builders/workload-container.ts'
