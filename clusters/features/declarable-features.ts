import type { Feature } from '../../contract/cluster-record.ts'
import { imageFeatures } from '../images/application-images.ts'

/**
 * Features that a probe of the CSI driver or an image shows, and what leaves something in the store of Velero: whoever runs the cluster may
 * declare them, whatever it shows.
 */
export const declarableFeatures = [
  'ImmediateBinding',
  'VolumeExpansion',
  'OnlineExpansion',
  'EnforcedCapacity',
  'LostAndFound',
  'BlockVolumes',
  'ReadWriteMany',
  'ReadWriteOncePod',
  'MovableVolumes',
  'VolumeCloning',
  'EphemeralInlineVolumes',
  'MountOptions',
  ...imageFeatures,
  'NodeAgent',
] as const satisfies readonly Feature[]

/** Features that whoever runs the cluster may take away: those, and those that need a class or a node besides. */
export const undeclarableFeatures = [
  ...declarableFeatures,
  'Velero',
  'VeleroCSI',
  'VolumeSnapshots',
  'VolumeGroupSnapshots',
  'NodeLocalVolumes',
  'Zones',
  'FsGroup',
  'VolumeAttachments',
  'MultipleNodes',
  'VolumeAttributes',
  'StorageCapacity',
  'VolumeLimits',
  'RecursiveReadOnlyMounts',
] as const satisfies readonly Feature[]
