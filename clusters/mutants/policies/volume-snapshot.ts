import { className } from '../../../contract/system.ts'
import { replaceOrAdd, type Policy } from '../policy.ts'

const volumeSnapshots = { apiGroup: 'snapshot.storage.k8s.io', resource: 'volumesnapshots' } as const

const protection = 'provisioner.storage.kubernetes.io/volumesnapshot-as-source-protection'
const isProtected = (object: string) => `has(${object}.metadata.finalizers) && "${protection}" in ${object}.metadata.finalizers`

/** Admission policies that change VolumeSnapshots. */
export const volumeSnapshotPolicies = {
  'snapshot-class-ignored': {
    description: 'The API server stores every VolumeSnapshot with the usual VolumeSnapshotClass, which deletes.',
    ...volumeSnapshots,
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/volumeSnapshotClassName', `"${className}"`),
  },
  'restore-remembered': {
    description: 'The API server keeps the finalizer that protects a VolumeSnapshot while a PersistentVolumeClaim is made from it.',
    ...volumeSnapshots,
    operations: ['UPDATE'],
    when: `${isProtected('oldObject')} && !(${isProtected('object')})`,
    // Not while the namespace is being deleted: that has to come to its end.
    patch: replaceOrAdd(
      '/metadata/finalizers',
      `has(namespaceObject.metadata.deletionTimestamp) ? (has(object.metadata.finalizers) ? object.metadata.finalizers : []) : oldObject.metadata.finalizers`,
    ),
  },
  'source-of-snapshot-kept': {
    description: 'The API server answers that it changed the source of a VolumeSnapshot, and keeps the old one.',
    ...volumeSnapshots,
    operations: ['UPDATE'],
    when: 'has(oldObject.spec.source.persistentVolumeClaimName)',
    patch: replaceOrAdd('/spec/source/persistentVolumeClaimName', 'oldObject.spec.source.persistentVolumeClaimName'),
  },
} as const satisfies Readonly<Record<string, Policy>>
