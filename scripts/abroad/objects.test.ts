import { expect, test } from 'vitest'
import { kindsIn, pathOf } from './kinds.ts'
import { byKind, leftOf } from './objects.ts'

const pod = (name: string) => ({ uid: `pod-${name}`, kind: 'Pod', name: `hf-1/${name}` })

test('what is left is what was not there before, by uid', () => {
  const before = [pod('a'), { uid: 'old', kind: 'Namespace', name: 'hf-1' }]
  const again = { uid: 'new', kind: 'Namespace', name: 'hf-1' }
  expect(leftOf(before, [pod('a'), again])).toEqual([again])
  expect(leftOf(before, [])).toEqual([])
})

test('what is left is counted by kind, and some of it is named', () => {
  const names = ['h', 'g', 'f', 'e', 'd', 'c', 'b', 'a']
  expect(byKind([...names.map(pod), { uid: 'n', kind: 'Namespace', name: 'hf-1' }])).toEqual([
    '1 Namespace: hf-1',
    '8 Pod: hf-1/a, hf-1/b, hf-1/c, hf-1/d, hf-1/e, hf-1/f and 2 more',
  ])
})

const resource = (name: string, kind: string, scope = 'Namespaced') => ({ resource: name, responseKind: { kind }, scope, verbs: ['list'] })

test('each resource is listed once, in the version that its group prefers of those that have it', () => {
  const kinds = kindsIn({
    items: [
      { metadata: {}, versions: [{ version: 'v1', resources: [resource('nodes', 'Node', 'Cluster')] }] },
      {
        metadata: { name: 'batch' },
        versions: [
          { version: 'v1', resources: [resource('jobs', 'Job')] },
          { version: 'v1beta1', resources: [resource('jobs', 'Job'), resource('cronjobs', 'CronJob')] },
        ],
      },
      { metadata: { name: 'gone.example.com' }, versions: [{ version: 'v1' }] },
    ],
  })
  expect(kinds.map((kind) => pathOf(kind))).toEqual(['/api/v1/nodes', '/apis/batch/v1/jobs', '/apis/batch/v1beta1/cronjobs'])
  expect(kinds.map((kind) => pathOf(kind, { namespace: 'a', name: 'b' }))).toEqual([
    '/api/v1/nodes/b',
    '/apis/batch/v1/namespaces/a/jobs/b',
    '/apis/batch/v1beta1/namespaces/a/cronjobs/b',
  ])
})
