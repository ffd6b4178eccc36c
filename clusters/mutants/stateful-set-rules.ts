import { remove, replaceOrAdd, type Rule } from './rule.ts'

const statefulSets = { apiGroup: 'apps', resource: 'statefulsets', operations: ['CREATE', 'UPDATE'] } as const
const newStatefulSets = { ...statefulSets, operations: ['CREATE'] } as const
const newPods = { apiGroup: '', resource: 'pods', operations: ['CREATE'] } as const
const newServices = { apiGroup: '', resource: 'services', operations: ['CREATE'] } as const

const requestOfTemplate = 'spec.volumeClaimTemplates[0].spec.resources.requests.storage'
const isHeadless = 'has(object.spec.clusterIP) && object.spec.clusterIP == "None"'

/** What mutants of StatefulSets and of the Services that name their Pods change. */
export const statefulSetRules = {
  'claim-templates-dropped': {
    ...newStatefulSets,
    when: 'has(object.spec.volumeClaimTemplates)',
    patch: [remove('/spec/volumeClaimTemplates'), remove('/spec/template/spec/containers/0/volumeMounts')].join(', '),
  },
  'claim-template-change-swallowed': {
    ...statefulSets,
    operations: ['UPDATE'],
    when: 'has(object.spec.volumeClaimTemplates)',
    patch: replaceOrAdd('/spec/volumeClaimTemplates/0/spec/resources/requests/storage', `oldObject.${requestOfTemplate}`),
  },
  'selector-filled-in': {
    ...newStatefulSets,
    patch: [
      replaceOrAdd('/spec/selector', 'Object.spec.selector{}'),
      replaceOrAdd('/spec/selector/matchLabels', 'object.spec.template.metadata.labels'),
    ].join(', '),
  },
  'retention-dropped': {
    ...statefulSets,
    patch: replaceOrAdd(
      '/spec/persistentVolumeClaimRetentionPolicy',
      'Object.spec.persistentVolumeClaimRetentionPolicy{whenScaled: "Retain", whenDeleted: "Retain"}',
    ),
  },
  'min-ready-dropped': { ...statefulSets, when: 'has(object.spec.minReadySeconds)', patch: remove('/spec/minReadySeconds') },
  'ordinals-dropped': { ...statefulSets, when: 'has(object.spec.ordinals)', patch: remove('/spec/ordinals') },
  'partition-dropped': {
    ...statefulSets,
    when: 'has(object.spec.updateStrategy.rollingUpdate)',
    patch: replaceOrAdd('/spec/updateStrategy/rollingUpdate/partition', '0'),
  },
  'update-strategy-rolling': {
    ...statefulSets,
    patch: replaceOrAdd('/spec/updateStrategy', 'Object.spec.updateStrategy{type: "RollingUpdate"}'),
  },
  'revision-history-dropped': { ...statefulSets, patch: replaceOrAdd('/spec/revisionHistoryLimit', '0') },
  'hostname-overridden': {
    ...newPods,
    when: 'has(object.spec.hostname)',
    patch: replaceOrAdd('/spec/hostname', '"somebody"'),
  },
  'hostname-by-hand': {
    ...newPods,
    when: '!has(object.spec.hostname)',
    patch: [replaceOrAdd('/spec/hostname', '"web-0"'), replaceOrAdd('/spec/subdomain', '"web"')].join(', '),
  },
  'recreating-deployments': {
    apiGroup: 'apps',
    resource: 'deployments',
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/strategy', 'Object.spec.strategy{type: "Recreate"}'),
  },
  'claims-enlarged': {
    apiGroup: '',
    resource: 'persistentvolumeclaims',
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/resources/requests/storage', '"640Mi"'),
  },
  'services-given-addresses': { ...newServices, when: isHeadless, patch: remove('/spec/clusterIP') },
  'services-made-headless': { ...newServices, when: `!(${isHeadless})`, patch: replaceOrAdd('/spec/clusterIP', '"None"') },
  'unready-addresses-published': { ...newServices, patch: replaceOrAdd('/spec/publishNotReadyAddresses', 'true') },
} as const satisfies Readonly<Record<string, Rule>>
