import { replaceOrAdd, type Policy } from '../policy.ts'

/** Admission policies that change PodDisruptionBudgets. */
export const podDisruptionBudgetPolicies = {
  'budget-of-others': {
    description: 'The API server stores every PodDisruptionBudget with a selector that matches none of the Pods it was made for.',
    apiGroup: 'policy',
    resource: 'poddisruptionbudgets',
    operations: ['CREATE', 'UPDATE'],
    patch: replaceOrAdd('/spec/selector/matchLabels', '{"app.kubernetes.io/name": "somebody"}'),
  },
} as const satisfies Readonly<Record<string, Policy>>
