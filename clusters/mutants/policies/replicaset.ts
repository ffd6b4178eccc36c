import { replaceOrAdd, type Policy } from '../policy.ts'

const readyAndOne = '(has(object.status) && has(object.status.readyReplicas) ? object.status.readyReplicas : 0) + 1'

/** Admission policies that change ReplicaSets. */
export const replicaSetPolicies = {
  'replicas-made-in-turn': {
    description: 'The API server lets a ReplicaSet ask for only one Pod more than are Ready.',
    ...{ apiGroup: 'apps', resource: 'replicasets', operations: ['CREATE', 'UPDATE'] },
    when: `object.spec.replicas > ${readyAndOne}`,
    patch: replaceOrAdd('/spec/replicas', readyAndOne),
  },
} as const satisfies Readonly<Record<string, Policy>>
