import { className } from '../../../contract/system.ts'
import { replaceOrAdd, type Policy } from '../policy.ts'

const volumeSnapshots = { apiGroup: 'snapshot.storage.k8s.io', resource: 'volumesnapshots' } as const

/** Admission policies that change VolumeSnapshots. */
export const volumeSnapshotPolicies = {
  'snapshot-class-ignored': {
    description: 'The API server stores every VolumeSnapshot with the usual VolumeSnapshotClass, which deletes.',
    ...volumeSnapshots,
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/volumeSnapshotClassName', `"${className}"`),
  },
  'source-of-snapshot-kept': {
    description: 'The API server answers that it changed the source of a VolumeSnapshot, and keeps the old one.',
    ...volumeSnapshots,
    operations: ['UPDATE'],
    when: 'has(oldObject.spec.source.persistentVolumeClaimName)',
    patch: replaceOrAdd('/spec/source/persistentVolumeClaimName', 'oldObject.spec.source.persistentVolumeClaimName'),
  },
} as const satisfies Readonly<Record<string, Policy>>
