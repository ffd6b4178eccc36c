import { expect, test } from 'vitest'
import { isTainted, tainted, untainted } from './taint.ts'

const ofOthers = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }
const nodeWith = (taints?: readonly object[]) => ({
  metadata: { name: 'worker', uid: 'u', resourceVersion: '7' },
  spec: { ...(taints && { taints }) },
})
const taintedNode = (taints?: readonly object[]) => nodeWith(tainted(nodeWith(taints)).spec.taints)

test('a taint is added once, beside those of others, to the version that was read', () => {
  const { metadata, spec } = tainted(taintedNode([ofOthers]))
  expect(metadata).toEqual({ resourceVersion: '7' })
  expect(spec.taints).toEqual([ofOthers, { key: 'holdfast.dev/kept-free', value: 'worker', effect: 'NoSchedule' }])
})

test('only our own taint is taken away', () => {
  expect(untainted(taintedNode([ofOthers])).spec.taints).toEqual([ofOthers])
  expect(untainted(nodeWith()).spec.taints).toEqual([])
})

test('a node is tainted by us or not', () => {
  expect(isTainted(taintedNode())).toBe(true)
  expect(isTainted(nodeWith([ofOthers]))).toBe(false)
  expect(isTainted(nodeWith())).toBe(false)
})
