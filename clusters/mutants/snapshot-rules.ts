import { remove, replaceOrAdd, type Rule } from './rule.ts'

const guard = 'snapshot.storage.kubernetes.io/pvc-as-source-protection'

/** What mutants of VolumeSnapshots change: what is taken of what, what is restored from it, and what protects the source meanwhile. */
export const snapshotRules = {
  'restores-made-blank': {
    apiGroup: '',
    resource: 'persistentvolumeclaims',
    operations: ['CREATE'],
    when: 'has(object.spec.dataSource)',
    patch: remove('/spec/dataSource'),
  },
  'sources-unguarded': {
    apiGroup: '',
    resource: 'persistentvolumeclaims',
    operations: ['UPDATE'],
    when: `has(object.metadata.finalizers) && "${guard}" in object.metadata.finalizers`,
    patch: replaceOrAdd('/metadata/finalizers', `object.metadata.finalizers.filter(one, one != "${guard}")`),
  },
  'source-of-snapshot-kept': {
    apiGroup: 'snapshot.storage.k8s.io',
    resource: 'volumesnapshots',
    operations: ['UPDATE'],
    when: 'has(oldObject.spec.source.persistentVolumeClaimName)',
    patch: replaceOrAdd('/spec/source/persistentVolumeClaimName', 'oldObject.spec.source.persistentVolumeClaimName'),
  },
} as const satisfies Readonly<Record<string, Rule>>
