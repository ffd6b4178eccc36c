import { remove, replaceOrAdd, type Policy } from '../policy.ts'

const newServices = { apiGroup: '', resource: 'services', operations: ['CREATE'] } as const

const isHeadless = 'has(object.spec.clusterIP) && object.spec.clusterIP == "None"'

/** Admission policies that change Services. */
export const servicePolicies = {
  'services-given-addresses': {
    description: 'The API server gives headless Services an address of their own.',
    ...newServices,
    when: isHeadless,
    patch: remove('/spec/clusterIP'),
  },
  'services-made-headless': {
    description: 'The API server stores every Service as a headless one.',
    ...newServices,
    when: `!(${isHeadless})`,
    patch: replaceOrAdd('/spec/clusterIP', '"None"'),
  },
  'unready-addresses-published': {
    description: 'The API server stores every Service as one that publishes addresses which are not ready.',
    ...newServices,
    patch: replaceOrAdd('/spec/publishNotReadyAddresses', 'true'),
  },
} as const satisfies Readonly<Record<string, Policy>>
