import { replaceOrAdd, type Rule } from './rule.ts'

const claims = { apiGroup: '', resource: 'persistentvolumeclaims' } as const
const request = 'spec.resources.requests.storage'

/** What mutants of claims change: what is asked of the API server about their size and access modes. */
export const claimRules = {
  'growth-swallowed': {
    ...claims,
    operations: ['UPDATE'],
    when: `quantity(object.${request}).compareTo(quantity(oldObject.${request})) > 0`,
    patch: replaceOrAdd('/spec/resources/requests/storage', `oldObject.${request}`),
  },
  'access-modes-tidied': {
    ...claims,
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/accessModes', '[object.spec.accessModes[0].split(" ")[0]]'),
  },
} as const satisfies Readonly<Record<string, Rule>>
