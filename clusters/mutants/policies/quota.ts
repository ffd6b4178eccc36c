import { remove, replaceOrAdd, type Policy } from '../policy.ts'

const newQuotas = { apiGroup: '', resource: 'resourcequotas', operations: ['CREATE'] } as const

/** Admission policies that change ResourceQuotas. */
export const quotaPolicies = {
  'quotas-raised': {
    description: 'The API server stores every ResourceQuota on storage as one of 100 TiB.',
    ...newQuotas,
    when: '"requests.storage" in object.spec.hard',
    patch: replaceOrAdd('/spec/hard/requests.storage', '"100Ti"'),
  },
  'quota-scopes-dropped': {
    description: 'The API server forgets what a ResourceQuota is limited to.',
    ...newQuotas,
    when: 'has(object.spec.scopeSelector)',
    patch: remove('/spec/scopeSelector'),
  },
} as const satisfies Readonly<Record<string, Policy>>
