import { remove, replaceOrAdd, type Rule } from './rule.ts'

const claims = { apiGroup: '', resource: 'persistentvolumeclaims' } as const
const madeClaims = { ...claims, operations: ['CREATE'] } as const
const madePods = { apiGroup: '', resource: 'pods', operations: ['CREATE'] } as const
const classes = { apiGroup: 'storage.k8s.io', resource: 'storageclasses', scope: 'Cluster' } as const

const protection = 'kubernetes.io/pvc-protection'
const defaultMark = 'storageclass.kubernetes.io/is-default-class'
const lastVolume = 'string(object.spec.volumes.size() - 1)'
const mount = 'object.spec.containers[0].volumeMounts[0]'

/** What mutants of storage change: claims and how Pods use them, StorageClasses, and PersistentVolumes made by hand. */
export const storageRules = {
  'claim-selector-dropped': { ...madeClaims, when: 'has(object.spec.selector)', patch: remove('/spec/selector') },
  'claims-for-files': { ...madeClaims, when: 'has(object.spec.volumeMode)', patch: replaceOrAdd('/spec/volumeMode', '"Filesystem"') },
  'claims-ask-for-little': { ...madeClaims, patch: replaceOrAdd('/spec/resources/requests/storage', '"1Mi"') },
  'class-of-claim-kept': {
    ...claims,
    operations: ['UPDATE'],
    when: 'has(oldObject.spec.storageClassName) && object.spec.storageClassName != oldObject.spec.storageClassName',
    patch: replaceOrAdd('/spec/storageClassName', 'oldObject.spec.storageClassName'),
  },
  'claims-unprotected': {
    ...claims,
    // A controller adds what is missing, so updates are changed too.
    operations: ['CREATE', 'UPDATE'],
    when: `has(object.metadata.finalizers) && "${protection}" in object.metadata.finalizers`,
    patch: replaceOrAdd('/metadata/finalizers', `object.metadata.finalizers.filter(one, one != "${protection}")`),
  },
  'claim-replaced-by-scratch': {
    ...madePods,
    when: 'object.spec.volumes.size() > 0 && has(object.spec.volumes[object.spec.volumes.size() - 1].persistentVolumeClaim)',
    patch: [
      `JSONPatch{op: "remove", path: "/spec/volumes/" + ${lastVolume} + "/persistentVolumeClaim"}`,
      `JSONPatch{op: "add", path: "/spec/volumes/" + ${lastVolume} + "/emptyDir", value: Object.spec.volumes.emptyDir{}}`,
    ].join(', '),
  },
  'data-source-referred': {
    ...madeClaims,
    when: 'has(object.spec.dataSource)',
    patch: ['JSONPatch{op: "copy", from: "/spec/dataSource", path: "/spec/dataSourceRef"}', remove('/spec/dataSource')].join(', '),
  },
  'data-source-forgotten': {
    ...madeClaims,
    when: 'has(object.spec.dataSource) || has(object.spec.dataSourceRef)',
    // What is removed must be there.
    patch: ['dataSource', 'dataSourceRef']
      .flatMap((field) => [
        replaceOrAdd(`/spec/${field}`, `Object.spec.${field}{kind: "PersistentVolumeClaim", name: "none"}`),
        remove(`/spec/${field}`),
      ])
      .join(', '),
  },
  'fs-group-dropped': {
    ...madePods,
    when: 'has(object.spec.securityContext) && has(object.spec.securityContext.fsGroup)',
    patch: remove('/spec/securityContext/fsGroup'),
  },
  'mounts-below-left-writable': {
    ...madePods,
    when: `has(${mount}.recursiveReadOnly)`,
    patch: replaceOrAdd('/spec/containers/0/volumeMounts/0/recursiveReadOnly', '"Disabled"'),
  },
  'sub-path-dropped': {
    ...madePods,
    when: `has(${mount}.subPath)`,
    patch: remove('/spec/containers/0/volumeMounts/0/subPath'),
  },
  'default-mark-dropped': {
    ...classes,
    operations: ['CREATE'],
    when: `has(object.metadata.annotations) && "${defaultMark}" in object.metadata.annotations`,
    patch: `JSONPatch{op: "remove", path: "/metadata/annotations/" + jsonpatch.escapeKey("${defaultMark}")}`,
  },
  'classes-retain': { ...classes, operations: ['CREATE'], patch: replaceOrAdd('/reclaimPolicy', '"Retain"') },
  'class-changes-swallowed': {
    ...classes,
    operations: ['UPDATE'],
    patch: [
      replaceOrAdd('/provisioner', 'oldObject.provisioner'),
      replaceOrAdd('/parameters', 'oldObject.parameters'),
      replaceOrAdd('/reclaimPolicy', 'oldObject.reclaimPolicy'),
      replaceOrAdd('/volumeBindingMode', 'oldObject.volumeBindingMode'),
    ].join(', '),
  },
} as const satisfies Readonly<Record<string, Rule>>
