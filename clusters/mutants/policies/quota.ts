import { replaceOrAdd, type Policy } from '../policy.ts'

const created = { apiGroup: '', operations: ['CREATE'] } as const

/** Admission policies that change ResourceQuotas and LimitRanges. */
export const quotaPolicies = {
  'quotas-raised': {
    description: 'The API server stores every ResourceQuota on storage as one of 100 TiB.',
    ...created,
    resource: 'resourcequotas',
    when: '"requests.storage" in object.spec.hard',
    patch: replaceOrAdd('/spec/hard/requests.storage', '"100Ti"'),
  },
  'quota-scopes-dropped': {
    description: 'The API server forgets what a ResourceQuota is limited to.',
    ...created,
    resource: 'resourcequotas',
    when: 'has(object.spec.scopeSelector)',
    patch: 'JSONPatch{op: "remove", path: "/spec/scopeSelector"}',
  },
  'limits-for-containers': {
    description: 'The API server stores every LimitRange as one for containers.',
    ...created,
    resource: 'limitranges',
    patch: replaceOrAdd('/spec/limits/0/type', '"Container"'),
  },
} as const satisfies Readonly<Record<string, Policy>>
