import { expect, test } from 'vitest'
import type { ObservedObject } from '../../../engine/history/history-entry.ts'
import { volumeHandleOf, volumeSourceOf } from './volume-source.ts'

const pv = (spec: object) => ({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'one' }, spec }) as unknown as ObservedObject
const onNode = (name: string) => ({
  required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [name] }] }] },
})

test('a volume of a CSI driver is known by its handle', () => {
  expect(volumeHandleOf(pv({ csi: { driver: 'example', volumeHandle: 'v-1' }, nodeAffinity: onNode('one') }))).toBe('v-1')
})

test('a directory is known by its path and its node', () => {
  const on = (node: string, path: string) => volumeHandleOf(pv({ capacity: {}, local: { path }, nodeAffinity: onNode(node) }))
  expect(on('one', '/a')).toBe(on('one', '/a'))
  expect(new Set([on('one', '/a'), on('one', '/b'), on('two', '/a')]).size).toBe(3)
  expect(volumeHandleOf(pv({ nfs: { server: 'x', path: '/' } }))).toContain('nfs')
})

test('a PersistentVolume without a source has no volume', () => {
  expect([volumeHandleOf(pv({ capacity: {}, nodeAffinity: onNode('one') })), volumeHandleOf(undefined)]).toEqual([undefined, undefined])
})

test('a source is whole: a driver may need its attributes', () => {
  const csi = { driver: 'example', volumeHandle: 'v-1', volumeAttributes: { clusterID: 'c' } }
  expect(volumeSourceOf(pv({ csi, capacity: { storage: '1Gi' }, claimRef: {} }))).toEqual({ csi })
})
