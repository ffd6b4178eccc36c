import { expect, test } from 'vitest'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { isEvicted, isInPlace, isMadeAgain } from './eviction.ts'

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

test('only what has an owner is made again', () => {
  expect(isMadeAgain(podWith({ ownerReferences: [{ kind: 'ReplicaSet', name: 'controller', uid: 'uid' }] }))).toBe(true)
  expect(isMadeAgain(podWith({}))).toBe(false)
})

test('a Pod that is on its way out is not in place, however Ready it is', () => {
  const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
  expect(isInPlace({ ...podWith({}), status: ready })).toBe(true)
  expect(isInPlace({ ...podWith({ deletionTimestamp: '2026-11-28T00:00:00Z' }), status: ready })).toBe(false)
  expect(isInPlace(podWith({}, 'Pending'))).toBe(false)
  expect(isInPlace(podWith({}, 'Succeeded'))).toBe(true)
})
