/**
 * Velero waits ten minutes for a VolumeSnapshot and four hours for data that is moved. Ours take seconds, so that one which never
 * comes is told of while the guarantee still looks.
 */
export const timeouts = { csiSnapshotTimeout: '90s', itemOperationTimeout: '2m' } as const
