import { className } from '../../../contract/system.ts'
import { remove, replaceOrAdd, type Policy } from '../policy.ts'

const pvcs = { apiGroup: '', resource: 'persistentvolumeclaims' } as const
const newPvcs = { ...pvcs, operations: ['CREATE'] } as const

const request = 'spec.resources.requests.storage'
const isRaised = `quantity(object.${request}).compareTo(quantity(oldObject.${request})) > 0`
const isLowered = `quantity(object.${request}).compareTo(quantity(oldObject.${request})) < 0`
const protection = 'kubernetes.io/pvc-protection'
const sourceProtection = 'snapshot.storage.kubernetes.io/pvc-as-source-protection'

const selectedNode = 'volume.kubernetes.io/selected-node'
const hasNode = (object: string) => `has(${object}.metadata.annotations) && "${selectedNode}" in ${object}.metadata.annotations`

/** Admission policies that change PersistentVolumeClaims. */
export const pvcPolicies = {
  'shrink-swallowed': {
    description: 'The API server raises a lowered PersistentVolumeClaim request back to the old size instead of refusing it.',
    ...pvcs,
    operations: ['UPDATE'],
    when: isLowered,
    patch: replaceOrAdd('/spec/resources/requests/storage', `oldObject.${request}`),
  },
  'single-pod-widened': {
    description: 'The API server stores every ReadWriteOncePod PersistentVolumeClaim as ReadWriteOnce.',
    ...newPvcs,
    when: 'object.spec.accessModes.exists(mode, mode == "ReadWriteOncePod")',
    patch: replaceOrAdd('/spec/accessModes', '["ReadWriteOnce"]'),
  },
  'pvcs-orphaned': {
    description: 'The API server stores every PersistentVolumeClaim without its owner.',
    ...newPvcs,
    when: 'has(object.metadata.ownerReferences)',
    patch: remove('/metadata/ownerReferences'),
  },
  'binding-mode-ignored': {
    description: 'The API server stores every PersistentVolumeClaim with a StorageClass that binds at once.',
    ...newPvcs,
    patch: replaceOrAdd('/spec/storageClassName', `"${className}"`),
  },
  'pvcs-shared': {
    description: 'The API server stores every PersistentVolumeClaim as ReadWriteMany.',
    ...newPvcs,
    patch: replaceOrAdd('/spec/accessModes', '["ReadWriteMany"]'),
  },
  'pvcs-for-one-pod': {
    description: 'The API server stores every PersistentVolumeClaim as ReadWriteOncePod.',
    ...newPvcs,
    patch: replaceOrAdd('/spec/accessModes', '["ReadWriteOncePod"]'),
  },
  'file-system-ignored': {
    description: 'The API server stores every PersistentVolumeClaim with the usual StorageClass, whose file systems are xfs.',
    ...newPvcs,
    patch: replaceOrAdd('/spec/storageClassName', `"${className}"`),
  },
  'growth-swallowed': {
    description: 'The API server lowers a raised PersistentVolumeClaim request back to the old size instead of looking at it.',
    ...pvcs,
    operations: ['UPDATE'],
    when: isRaised,
    patch: replaceOrAdd('/spec/resources/requests/storage', `oldObject.${request}`),
  },
  'growth-enlarged': {
    description: 'The API server stores every raised PersistentVolumeClaim request as one for 960 MiB.',
    ...pvcs,
    operations: ['UPDATE'],
    when: isRaised,
    patch: replaceOrAdd('/spec/resources/requests/storage', '"960Mi"'),
  },
  'empty-class-dropped': {
    description: 'The API server forgets that a PersistentVolumeClaim is to have no StorageClass.',
    ...newPvcs,
    when: 'has(object.spec.storageClassName) && object.spec.storageClassName == ""',
    patch: remove('/spec/storageClassName'),
  },
  'pvcs-declared-classless': {
    description: 'The API server stores every PersistentVolumeClaim that names no StorageClass as one that is to have none.',
    ...newPvcs,
    when: '!has(object.spec.storageClassName)',
    patch: replaceOrAdd('/spec/storageClassName', '""'),
  },
  'access-modes-tidied': {
    description: 'The API server makes one plain access mode of whatever a PersistentVolumeClaim asks for.',
    ...newPvcs,
    patch: replaceOrAdd('/spec/accessModes', '[object.spec.accessModes[0].split(" ")[0]]'),
  },
  'restores-made-blank': {
    description: 'The API server forgets from what a PersistentVolumeClaim is to be made.',
    ...newPvcs,
    when: 'has(object.spec.dataSource)',
    patch: remove('/spec/dataSource'),
  },
  'sources-unguarded': {
    description: 'The API server stores PersistentVolumeClaims without the finalizer that protects the source of a VolumeSnapshot.',
    ...pvcs,
    operations: ['UPDATE'],
    when: `has(object.metadata.finalizers) && "${sourceProtection}" in object.metadata.finalizers`,
    patch: replaceOrAdd('/metadata/finalizers', `object.metadata.finalizers.filter(one, one != "${sourceProtection}")`),
  },
  'pvcs-enlarged': {
    description: 'The API server stores every PersistentVolumeClaim with a request of 640 MiB.',
    ...newPvcs,
    patch: replaceOrAdd('/spec/resources/requests/storage', '"640Mi"'),
  },
  'selected-node-kept': {
    description: 'The API server keeps the node that was selected for a PersistentVolumeClaim when it is given up.',
    ...pvcs,
    operations: ['UPDATE'],
    when: `${hasNode('oldObject')} && !(${hasNode('object')})`,
    patch: replaceOrAdd('/metadata/annotations/volume.kubernetes.io~1selected-node', `oldObject.metadata.annotations["${selectedNode}"]`),
  },
  'pvc-selector-dropped': {
    description: 'The API server forgets by which labels a PersistentVolumeClaim selects its volume.',
    ...newPvcs,
    when: 'has(object.spec.selector)',
    patch: remove('/spec/selector'),
  },
  'pvcs-for-files': {
    description: 'The API server stores every PersistentVolumeClaim as one for a file system.',
    ...newPvcs,
    when: 'has(object.spec.volumeMode)',
    patch: replaceOrAdd('/spec/volumeMode', '"Filesystem"'),
  },
  'pvcs-ask-for-little': {
    description: 'The API server stores every PersistentVolumeClaim with a request of 1 MiB.',
    ...newPvcs,
    patch: replaceOrAdd('/spec/resources/requests/storage', '"1Mi"'),
  },
  'requests-filled-in': {
    description: 'The API server gives every PersistentVolumeClaim without a request one for 320 MiB.',
    ...newPvcs,
    when: '!has(object.spec.resources) || !has(object.spec.resources.requests)',
    patch: replaceOrAdd('/spec/resources', '{"requests": {"storage": "320Mi"}}'),
  },
  'class-of-pvc-kept': {
    description: 'The API server answers that it changed the StorageClass of a PersistentVolumeClaim, and keeps the old one.',
    ...pvcs,
    operations: ['UPDATE'],
    when: 'has(oldObject.spec.storageClassName) && object.spec.storageClassName != oldObject.spec.storageClassName',
    patch: replaceOrAdd('/spec/storageClassName', 'oldObject.spec.storageClassName'),
  },
  'pvcs-unprotected': {
    description: 'The API server stores PersistentVolumeClaims without the finalizer that protects them while they are in use.',
    ...pvcs,
    // A controller adds what is missing, so updates are changed too.
    operations: ['CREATE', 'UPDATE'],
    when: `has(object.metadata.finalizers) && "${protection}" in object.metadata.finalizers`,
    patch: replaceOrAdd('/metadata/finalizers', `object.metadata.finalizers.filter(one, one != "${protection}")`),
  },
  'data-source-referred': {
    description: 'The API server takes the data source of a PersistentVolumeClaim for a reference to any object.',
    ...newPvcs,
    when: 'has(object.spec.dataSource)',
    patch: ['JSONPatch{op: "copy", from: "/spec/dataSource", path: "/spec/dataSourceRef"}', remove('/spec/dataSource')].join(', '),
  },
  'data-source-forgotten': {
    description: 'The API server forgets from what a PersistentVolumeClaim is to be filled.',
    ...newPvcs,
    when: 'has(object.spec.dataSource) || has(object.spec.dataSourceRef)',
    // What is removed must be there.
    patch: ['dataSource', 'dataSourceRef']
      .flatMap((field) => [
        replaceOrAdd(`/spec/${field}`, `Object.spec.${field}{kind: "PersistentVolumeClaim", name: "none"}`),
        remove(`/spec/${field}`),
      ])
      .join(', '),
  },
} as const satisfies Readonly<Record<string, Policy>>
