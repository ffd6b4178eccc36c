import type { Feature } from '../contract/cluster-record.ts'

/** Features of a CSI driver that no API shows: whoever runs the cluster declares them. */
export const declarableFeatures = [
  'OnlineExpansion',
  'EnforcedCapacity',
  'BlockVolumes',
  'ReadWriteMany',
  'ReadWriteOncePod',
  'MovableVolumes',
  'VolumeCloning',
] as const satisfies readonly Feature[]
