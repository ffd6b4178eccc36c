/** Namespace of the CSI driver and of the controllers that Holdfast installs. */
export const systemNamespace = 'holdfast-system'

/** Deployment of the snapshot controller, in the namespace `systemNamespace`. */
export const snapshotControllerDeployment = 'snapshot-controller'

/** Name of the StorageClass, the VolumeSnapshotClass and the VolumeGroupSnapshotClass that suites use on a cluster of ours. */
export const className = 'holdfast'
