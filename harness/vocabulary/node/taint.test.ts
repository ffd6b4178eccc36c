import { expect, test } from 'vitest'
import { isTainted, outOfService, tainted, untainted } from './taint.ts'

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

test('a node that is taken out of service is put back, and not where somebody else took it out', () => {
  const byOthers = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }
  const ours = { ...byOthers, value: 'worker' }
  const out = nodeWith(outOfService(nodeWith([ofOthers])).spec.taints)
  expect(out.spec.taints).toEqual([ofOthers, ours])
  expect(isTainted(out)).toBe(true)
  expect(untainted(out).spec.taints).toEqual([ofOthers])
  expect(untainted(nodeWith([byOthers])).spec.taints).toEqual([byOthers])
})

test('a node is tainted by us or not', () => {
  expect(isTainted(taintedNode())).toBe(true)
  expect(isTainted(nodeWith([ofOthers]))).toBe(false)
  expect(isTainted(nodeWith())).toBe(false)
})
