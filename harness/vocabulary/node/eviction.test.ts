import { expect, test } from 'vitest'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { isEvicted } from './eviction.ts'

function podWith(metadata: Partial<ObservedObject['metadata']>, phase = 'Running'): ObservedObject {
  return { metadata: { name: 'one', uid: 'uid', resourceVersion: '1', ...metadata }, status: { phase } }
}

test('a drain evicts Pods of StatefulSets and Pods of nobody', () => {
  expect(isEvicted(podWith({ ownerReferences: [{ kind: 'StatefulSet', name: 'web', uid: 'uid' }] }))).toBe(true)
  expect(isEvicted(podWith({}))).toBe(true)
})

test('a drain leaves Pods of DaemonSets, static Pods and Pods that have ended', () => {
  expect(isEvicted(podWith({ ownerReferences: [{ kind: 'DaemonSet', name: 'driver', uid: 'uid' }] }))).toBe(false)
  expect(isEvicted(podWith({ annotations: { 'kubernetes.io/config.mirror': 'hash' } }))).toBe(false)
  expect(isEvicted(podWith({}, 'Succeeded'))).toBe(false)
})
