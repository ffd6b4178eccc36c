import { replaceOrAdd, type Policy } from '../policy.ts'

/** Admission policies that change Events. */
export const eventPolicies = {
  'attach-warnings-renamed': {
    description: 'The API server stores every Event about a volume that cannot be attached as one about a volume that cannot be mounted.',
    apiGroup: '',
    resource: 'events',
    operations: ['CREATE', 'UPDATE'],
    when: 'object.reason == "FailedAttachVolume"',
    patch: replaceOrAdd('/reason', '"FailedMount"'),
  },
  'starts-taken-for-damage': {
    description: 'The API server stores every Event that a container was started as a Warning that a volume of its Pod is abnormal.',
    apiGroup: '',
    resource: 'events',
    operations: ['CREATE', 'UPDATE'],
    when: 'object.reason == "Started"',
    patch: [replaceOrAdd('/reason', '"VolumeConditionAbnormal"'), replaceOrAdd('/type', '"Warning"')].join(', '),
  },
} as const satisfies Readonly<Record<string, Policy>>
