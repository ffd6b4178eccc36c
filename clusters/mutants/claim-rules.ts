import { remove, replaceOrAdd, type Rule } from './rule.ts'

const claims = { apiGroup: '', resource: 'persistentvolumeclaims' } as const
const request = 'spec.resources.requests.storage'

/** What mutants of claims change: what is asked of the API server about their size, class and access modes. */
export const claimRules = {
  'growth-swallowed': {
    ...claims,
    operations: ['UPDATE'],
    when: `quantity(object.${request}).compareTo(quantity(oldObject.${request})) > 0`,
    patch: replaceOrAdd('/spec/resources/requests/storage', `oldObject.${request}`),
  },
  'growth-enlarged': {
    ...claims,
    operations: ['UPDATE'],
    when: `quantity(object.${request}).compareTo(quantity(oldObject.${request})) > 0`,
    patch: replaceOrAdd('/spec/resources/requests/storage', '"960Mi"'),
  },
  'empty-class-dropped': {
    ...claims,
    operations: ['CREATE'],
    when: 'has(object.spec.storageClassName) && object.spec.storageClassName == ""',
    patch: remove('/spec/storageClassName'),
  },
  'claims-declared-classless': {
    ...claims,
    operations: ['CREATE'],
    when: '!has(object.spec.storageClassName)',
    patch: replaceOrAdd('/spec/storageClassName', '""'),
  },
  'access-modes-tidied': {
    ...claims,
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/accessModes', '[object.spec.accessModes[0].split(" ")[0]]'),
  },
} as const satisfies Readonly<Record<string, Rule>>
