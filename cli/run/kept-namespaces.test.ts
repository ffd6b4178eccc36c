import { expect, test } from 'vitest'
import { linesOn } from './kept-namespaces.ts'

const kept = [{ id: 'statefulset/ordered-startup', verdict: 'Failed', namespace: 'hf-ordered-startup-1' }] as const

test('what is kept is named, with how to look at it and how to remove it', () => {
  const record = { name: 'holdfast-blue', kubeconfig: '/tmp/blue/kubeconfig', context: 'kind-blue' }
  expect(linesOn(kept, record, { kind: 'kept', name: 'holdfast-blue' })).toEqual([
    'Kept: namespace hf-ordered-startup-1 of statefulset/ordered-startup (Failed). To look at it:',
    '  kubectl --kubeconfig /tmp/blue/kubeconfig --context kind-blue --namespace hf-ordered-startup-1 get pods,pvc,events',
    'To remove all that is kept there, with its volumes: ./holdfast sweep --cluster holdfast-blue',
  ])
})

test('a cluster of somebody else is named by its kubeconfig, in words that a shell takes as they are', () => {
  const record = { name: 'theirs', kubeconfig: '/home/me/my config', context: 'admin@theirs' }
  expect(linesOn(kept, record, { kind: 'foreign', cluster: { kubeconfig: '/home/me/my config' } }).at(-1)).toBe(
    "To remove all that is kept there, with its volumes: ./holdfast sweep --kubeconfig '/home/me/my config' --context admin@theirs",
  )
  const velero = { namespace: 'backups', location: 'main', faultyLocations: {} }
  expect(linesOn(kept, { ...record, velero }, { kind: 'foreign', cluster: { kubeconfig: '/home/me/my config' } }).at(-1)).toMatch(
    / --context admin@theirs --velero-namespace backups$/,
  )
})
