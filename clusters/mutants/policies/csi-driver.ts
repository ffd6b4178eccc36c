import { replaceOrAdd, type Policy } from '../policy.ts'

/** Admission policies that change what a cluster is told of CSI drivers. */
export const csiDriverPolicies = {
  'attachment-required': {
    description: 'The API server stores every CSIDriver as one whose volumes have to be attached.',
    apiGroup: 'storage.k8s.io',
    resource: 'csidrivers',
    scope: 'Cluster',
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/attachRequired', 'true'),
  },
} as const satisfies Readonly<Record<string, Policy>>
