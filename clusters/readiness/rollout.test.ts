import { expect, test } from 'vitest'
import { rolloutOf } from './rollout.ts'

test.each<[string, object, object, string]>([
  ['Deployment', { replicas: 2 }, { observedGeneration: 2, availableReplicas: 2, updatedReplicas: 2 }, 'done'],
  ['Deployment', { replicas: 0 }, { observedGeneration: 2 }, 'done'],
  ['Deployment', { replicas: 2 }, { observedGeneration: 2, availableReplicas: 2, updatedReplicas: 1 }, 'has 1 of 2 replicas available'],
  ['Deployment', {}, { observedGeneration: 1, availableReplicas: 1, updatedReplicas: 1 }, 'has 1 of 1 replicas available'],
  [
    'Deployment',
    {},
    { observedGeneration: 2, conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'pods "one-2" is forbidden: quota.' }] },
    'has 0 of 1 replicas available: pods "one-2" is forbidden: quota',
  ],
  ['DaemonSet', {}, { observedGeneration: 2, desiredNumberScheduled: 2, numberAvailable: 2, updatedNumberScheduled: 2 }, 'done'],
  ['DaemonSet', {}, { observedGeneration: 2, desiredNumberScheduled: 0 }, 'done'],
  ['DaemonSet', {}, undefined as unknown as object, 'has 0 of 0 Pods available'],
  [
    'DaemonSet',
    {},
    { observedGeneration: 2, desiredNumberScheduled: 2, numberAvailable: 1, updatedNumberScheduled: 2 },
    'has 1 of 2 Pods available',
  ],
  ['StatefulSet', { replicas: 3 }, { observedGeneration: 2, readyReplicas: 2 }, 'has 2 of 3 replicas ready'],
  ['StatefulSet', {}, { observedGeneration: 2, readyReplicas: 1 }, 'done'],
  ['ReplicaSet', {}, { observedGeneration: 2, availableReplicas: 0 }, 'has 0 of 1 replicas available'],
  ['Job', {}, { conditions: [{ type: 'Complete', status: 'True' }] }, 'done'],
  ['Job', { completions: 2 }, { succeeded: 1 }, 'has 1 of 2 completions'],
  [
    'Job',
    {},
    { conditions: [{ type: 'Failed', status: 'True', message: 'Job has reached its limit.' }] },
    'failed: has failed: Job has reached its limit',
  ],
  ['Pod', {}, { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }, 'done'],
  ['Pod', {}, { phase: 'Succeeded' }, 'done'],
  ['Pod', {}, { phase: 'Pending' }, 'is Pending'],
  ['Pod', {}, { phase: 'Failed', message: 'evicted' }, 'failed: has failed: evicted'],
  ['ConfigMap', {}, {}, 'done'],
])('%s %j with status %j: %s', (...[kind, spec, status, expected]) => {
  const found = rolloutOf({ apiVersion: 'v1', kind, metadata: { name: 'one', generation: 2 }, spec, status } as object)
  const said = found.state === 'done' ? 'done' : `${found.state === 'failed' ? 'failed: ' : ''}${found.why}`
  expect(said).toBe(expected)
})
