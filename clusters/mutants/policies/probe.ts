import { remove, type Change, type Policy } from '../policy.ts'

/** Removes one of the probes of the first container of every Pod that has it. */
function dropped(probe: 'startupProbe' | 'readinessProbe' | 'livenessProbe'): Change {
  const [when, patch] = [`has(object.spec.containers[0].${probe})`, remove(`/spec/containers/0/${probe}`)]
  return { apiGroup: '', resource: 'pods', operations: ['CREATE'], when, patch }
}

/** Admission policies that remove the probes of Pods. */
export const probePolicies = {
  'startup-probes-dropped': { description: 'The API server removes the startup probe of every container.', ...dropped('startupProbe') },
  'readiness-probes-dropped': {
    description: 'The API server removes the readiness probe of every container.',
    ...dropped('readinessProbe'),
  },
  'liveness-probes-dropped': { description: 'The API server removes the liveness probe of every container.', ...dropped('livenessProbe') },
} as const satisfies Readonly<Record<string, Policy>>
