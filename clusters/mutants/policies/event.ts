import { replaceOrAdd, type Policy } from '../policy.ts'

const events = { apiGroup: '', resource: 'events', operations: ['CREATE', 'UPDATE'] } as const

/** Admission policies that change Events. */
export const eventPolicies = {
  'event-messages-blurred': {
    description: 'The API server stores every Event with a message that says nothing.',
    ...events,
    patch: replaceOrAdd('/message', '"Something happened."'),
  },
  'attach-warnings-renamed': {
    description: 'The API server stores every Event about a volume that cannot be attached as one about a volume that cannot be mounted.',
    ...events,
    when: 'object.reason == "FailedAttachVolume"',
    patch: replaceOrAdd('/reason', '"FailedMount"'),
  },
} as const satisfies Readonly<Record<string, Policy>>
