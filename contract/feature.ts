/** A feature that suites of one's own require, such as `example.com/Keeper`: a cluster has it when somebody declares it. */
export type OwnFeature = `${string}.${string}/${string}`

/** Whether a feature is one of suites of one's own, by its form: a domain, a slash and a name. */
export function isOwnFeature(name: string): name is OwnFeature {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[A-Za-z][A-Za-z0-9-]*$/.test(name)
}

/** What a cluster offers, named; a guarantee that requires one the cluster lacks is `NotSupported`. */
export type Feature =
  | OwnFeature
  | 'DynamicProvisioning'
  | 'ImmediateBinding'
  | 'VolumeExpansion'
  | 'OnlineExpansion'
  | 'EnforcedCapacity'
  /** The root of a new volume has a directory lost+found, as that of an ext4 file system does. */
  | 'LostAndFound'
  | 'VolumeSnapshots'
  | 'MovableVolumes'
  /** The kubelet gives a volume to the fsGroup of its Pod. */
  | 'FsGroup'
  /** A node gets a volume by a VolumeAttachment, which the driver may refuse. */
  | 'VolumeAttachments'
  | 'MultipleNodes'
  | 'Zones'
  | 'BlockVolumes'
  | 'ReadWriteMany'
  | 'ReadWriteOncePod'
  | 'NodeLocalVolumes'
  | 'EphemeralInlineVolumes'
  | 'VolumeCloning'
  | 'VolumeGroupSnapshots'
  | 'VolumeAttributes'
  | 'StorageCapacity'
  /** The driver says how many volumes a node takes. */
  | 'VolumeLimits'
  /** Volumes are mounted with the options of their class. */
  | 'MountOptions'
  | 'DefaultStorageClassFree'
  | 'RecursiveReadOnlyMounts'
  | 'PowerCut'
  | 'DriverFaults'
  | 'DriverCallLog'
  | 'NodeScheduling'
  | 'NodeControl'
  | 'ComponentControl'
  | 'Velero'
  | 'VeleroCSI'
  | 'NodeAgent'
  | 'ObjectStore'
  | 'SecondCluster'
  | 'PostgreSQL'
  | 'Redis'
  | 'Etcd'
  | 'MongoDB'
  | 'ZooKeeper'
  | 'MariaDB'
  | 'RabbitMQ'
  | 'Nginx'
  | 'OfficialPostgresImage'
  /** PostgreSQL of a later major version beside the usual one. */
  | 'NextPostgreSQL'
  /** The image with the clients that jobs of suites run: `psql`, `curl`, `kubectl`. */
  | 'BackupTools'
  /** A kubectl on this machine that Kubernetes supports with this version of the API server. */
  | 'Kubectl'
  /** Its platform is upgraded while suites have state on it: this and the following, only in a run of `holdfast upgrade`. */
  | 'PlatformUpgrade'
  /** The control plane is upgraded before any node. */
  | 'ControlPlaneUpgrade'
  /** Each node is drained before its kubelet is upgraded. */
  | 'DrainedNodeUpgrade'
  /** Kubelets are upgraded below running Pods. */
  | 'KubeletUpgrade'
  /** The CSI driver, or a sidecar beside it, is replaced by another version. */
  | 'DriverUpgrade'
  | 'SnapshotControllerUpgrade'
  | 'VeleroUpgrade'
