import { remove, replaceOrAdd, type Policy } from '../policy.ts'

const statefulSets = { apiGroup: 'apps', resource: 'statefulsets', operations: ['CREATE', 'UPDATE'] } as const
const newStatefulSets = { ...statefulSets, operations: ['CREATE'] } as const

const requestOfTemplate = 'spec.volumeClaimTemplates[0].spec.resources.requests.storage'

/** Admission policies that change StatefulSets. */
export const statefulSetPolicies = {
  'parallel-pod-management': {
    description: 'The API server stores every StatefulSet with podManagementPolicy Parallel.',
    ...newStatefulSets,
    patch: replaceOrAdd('/spec/podManagementPolicy', '"Parallel"'),
  },
  'ordered-pod-management': {
    description: 'The API server stores every StatefulSet with podManagementPolicy OrderedReady.',
    ...newStatefulSets,
    patch: replaceOrAdd('/spec/podManagementPolicy', '"OrderedReady"'),
  },
  'pvcs-deleted-with-statefulset': {
    description: 'The API server stores every StatefulSet with a PVC retention policy of Delete for scaling and deletion.',
    ...statefulSets,
    patch: replaceOrAdd(
      '/spec/persistentVolumeClaimRetentionPolicy',
      'Object.spec.persistentVolumeClaimRetentionPolicy{whenScaled: "Delete", whenDeleted: "Delete"}',
    ),
  },
  'volume-claim-templates-dropped': {
    description: 'The API server forgets the volumeClaimTemplates of every StatefulSet, and what its containers mount.',
    ...newStatefulSets,
    when: 'has(object.spec.volumeClaimTemplates)',
    patch: [remove('/spec/volumeClaimTemplates'), remove('/spec/template/spec/containers/0/volumeMounts')].join(', '),
  },
  'volume-claim-template-change-swallowed': {
    description: 'The API server answers that it changed the volumeClaimTemplates of a StatefulSet, and keeps the old ones.',
    ...statefulSets,
    operations: ['UPDATE'],
    when: 'has(object.spec.volumeClaimTemplates)',
    patch: replaceOrAdd('/spec/volumeClaimTemplates/0/spec/resources/requests/storage', `oldObject.${requestOfTemplate}`),
  },
  'selector-filled-in': {
    description: 'The API server gives every StatefulSet the selector that its template matches.',
    ...newStatefulSets,
    patch: [
      replaceOrAdd('/spec/selector', 'Object.spec.selector{}'),
      replaceOrAdd('/spec/selector/matchLabels', 'object.spec.template.metadata.labels'),
    ].join(', '),
  },
  'retention-dropped': {
    description: 'The API server stores every StatefulSet with a PVC retention policy of Retain for scaling and deletion.',
    ...statefulSets,
    patch: replaceOrAdd(
      '/spec/persistentVolumeClaimRetentionPolicy',
      'Object.spec.persistentVolumeClaimRetentionPolicy{whenScaled: "Retain", whenDeleted: "Retain"}',
    ),
  },
  'min-ready-dropped': {
    description: 'The API server forgets the minReadySeconds of every StatefulSet.',
    ...statefulSets,
    when: 'has(object.spec.minReadySeconds)',
    patch: remove('/spec/minReadySeconds'),
  },
  'ordinals-dropped': {
    description: 'The API server forgets at which ordinal a StatefulSet starts.',
    ...statefulSets,
    when: 'has(object.spec.ordinals)',
    patch: remove('/spec/ordinals'),
  },
  'partition-dropped': {
    description: 'The API server stores every StatefulSet with a partition of 0.',
    ...statefulSets,
    when: 'has(object.spec.updateStrategy.rollingUpdate)',
    patch: replaceOrAdd('/spec/updateStrategy/rollingUpdate/partition', '0'),
  },
  'update-strategy-rolling': {
    description: 'The API server stores every StatefulSet with the update strategy RollingUpdate.',
    ...statefulSets,
    patch: replaceOrAdd('/spec/updateStrategy', 'Object.spec.updateStrategy{type: "RollingUpdate"}'),
  },
  'revision-history-dropped': {
    description: 'The API server stores every StatefulSet with a revision history limit of 0.',
    ...statefulSets,
    patch: replaceOrAdd('/spec/revisionHistoryLimit', '0'),
  },
} as const satisfies Readonly<Record<string, Policy>>
