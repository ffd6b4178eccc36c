/** Version of Kubernetes whose `test/e2e/storage` these keys were read from. */
export const keysOf = 'v1.37.2'

/** Capabilities of a driver, as Kubernetes' storage tests name them, each with what it means. */
export const capabilityMeanings = {
  persistence: 'data outlives a Pod',
  block: 'raw block volumes',
  fsGroup: 'ownership by fsGroup',
  volumeMountGroup: 'the driver itself applies fsGroup',
  exec: 'files of a volume can be executed',
  snapshotDataSource: 'volumes from snapshots',
  snapshotMetadata: 'which blocks of a snapshot changed',
  groupSnapshot: 'snapshots of several volumes at one instant',
  pvcDataSource: 'volumes from other volumes',
  multipods: 'several Pods of a node share a volume',
  RWX: 'ReadWriteMany',
  controllerExpansion: 'volumes can grow',
  nodeExpansion: 'nodes take part in growing a volume',
  offlineExpansion: 'a volume can grow while no Pod uses it',
  onlineExpansion: 'a volume can grow while a Pod uses it',
  volumeLimits: 'a node takes so many volumes and no more',
  singleNodeVolume: 'a volume stays on one node',
  topology: 'not every node reaches every volume',
  capacity: 'free storage is published',
  FSResizeFromSourceNotSupported: 'the file system of a restored or cloned volume does not grow',
  readWriteOncePod: 'ReadWriteOncePod',
  multiplePVsSameID: 'several PersistentVolumes stand for one volume',
  capReadOnlyMany: 'ReadOnlyMany',
  seLinuxMount: 'volumes are mounted with their SELinux label',
} as const

/** A capability of a driver, as Kubernetes' storage tests name it. */
export type Capability = keyof typeof capabilityMeanings

/** All capabilities. */
export const capabilities = Object.keys(capabilityMeanings) as readonly Capability[]

/** Keys of `Timeouts`. */
export const timeoutNames = [
  'Poll',
  'PodStart',
  'PodStartShort',
  'PodStartSlow',
  'PodDelete',
  'ClaimProvision',
  'DataSourceProvision',
  'ClaimProvisionShort',
  'ClaimBound',
  'ClaimUnusedCondition',
  'PVReclaim',
  'PVBound',
  'PVCreate',
  'PVDelete',
  'PVDeleteSlow',
  'SnapshotCreate',
  'SnapshotDelete',
  'SnapshotControllerMetrics',
  'SystemPodsStartup',
  'NodeSchedulable',
  'SystemDaemonsetStartup',
  'NodeNotReady',
] as const

/** A key of `Timeouts`. */
export type TimeoutName = (typeof timeoutNames)[number]

/** Access modes of a PersistentVolumeClaim. */
export const accessModes = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] as const

/** An access mode of a PersistentVolumeClaim. */
export type AccessMode = (typeof accessModes)[number]

/**
 * Keys that Kubernetes had once, or has in an example of its own, and does not read any more. Many definitions still hold one, and mean
 * nothing wrong by it.
 */
export const retiredKeys: ReadonlySet<string> = new Set([
  'ShortName',
  'ClaimSize',
  'VolumeAttributesClass.FromName',
  'DriverInfo.FeatureTag',
  'DriverInfo.StressTestOptions.NumSnapshots',
])
