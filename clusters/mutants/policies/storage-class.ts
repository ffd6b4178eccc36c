import { replaceOrAdd, type Policy } from '../policy.ts'

const classes = { apiGroup: 'storage.k8s.io', resource: 'storageclasses', scope: 'Cluster' } as const

const defaultMark = 'storageclass.kubernetes.io/is-default-class'

/** Admission policies that change StorageClasses. */
export const storageClassPolicies = {
  'default-mark-dropped': {
    description: 'The API server forgets that a StorageClass is made to be the default.',
    ...classes,
    operations: ['CREATE'],
    when: `has(object.metadata.annotations) && "${defaultMark}" in object.metadata.annotations`,
    patch: `JSONPatch{op: "remove", path: "/metadata/annotations/" + jsonpatch.escapeKey("${defaultMark}")}`,
  },
  'classes-retain': {
    description: 'The API server stores every StorageClass with the reclaim policy Retain.',
    ...classes,
    operations: ['CREATE'],
    patch: replaceOrAdd('/reclaimPolicy', '"Retain"'),
  },
  'classes-wait': {
    description: 'The API server stores every StorageClass with the binding mode WaitForFirstConsumer.',
    ...classes,
    operations: ['CREATE'],
    patch: replaceOrAdd('/volumeBindingMode', '"WaitForFirstConsumer"'),
  },
  'class-changes-swallowed': {
    description: 'The API server answers that it changed a StorageClass, and keeps it as it was.',
    ...classes,
    operations: ['UPDATE'],
    patch: [
      replaceOrAdd('/provisioner', 'oldObject.provisioner'),
      replaceOrAdd('/parameters', 'oldObject.parameters'),
      replaceOrAdd('/reclaimPolicy', 'oldObject.reclaimPolicy'),
      replaceOrAdd('/volumeBindingMode', 'oldObject.volumeBindingMode'),
    ].join(', '),
  },
} as const satisfies Readonly<Record<string, Policy>>
