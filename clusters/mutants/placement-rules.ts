import { remove, replaceOrAdd, type Rule } from './rule.ts'

const madePods = { apiGroup: '', resource: 'pods', operations: ['CREATE'] } as const

/** Adds to the tolerations, of which the API server has given every Pod some by then: a list of them is what its policies cannot take. */
export const tolerateEveryTaint = replaceOrAdd('/spec/tolerations/-', 'Object.spec.tolerations{operator: "Exists"}')

/** What mutants of placement change: where Pods may run, and what they ask of a node. */
export const placementRules = {
  'pods-in-one-zone': {
    ...madePods,
    when: 'has(object.spec.topologySpreadConstraints)',
    patch: [
      remove('/spec/topologySpreadConstraints'),
      replaceOrAdd('/spec/nodeSelector', '{"topology.kubernetes.io/zone": "zone-a"}'),
    ].join(', '),
  },
  'taints-tolerated': { ...madePods, patch: tolerateEveryTaint },
  'claims-not-mounted': {
    ...madePods,
    when: 'has(object.spec.volumes) && has(object.spec.containers[0].volumeMounts)',
    patch: [remove('/spec/containers/0/volumeMounts'), remove('/spec/volumes')].join(', '),
  },
} as const satisfies Readonly<Record<string, Rule>>
