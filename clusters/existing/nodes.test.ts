import { expect, test } from 'vitest'
import { node } from '../testing/cluster-answers.ts'
import { nodesToProbe, schedulableNodes } from './nodes.ts'

test('nodes that are cordoned, tainted or not Ready take no Pods of suites', () => {
  const nodes = [
    node('one'),
    node('cordoned', { spec: { unschedulable: true } }),
    node('tainted', { spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] } }),
    node('preferred', { spec: { taints: [{ key: 'spot', effect: 'PreferNoSchedule' }] } }),
    node('down', { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } }),
  ]
  expect(schedulableNodes(nodes).map(({ metadata }) => metadata?.name)).toEqual(['one', 'preferred'])
  expect(() => schedulableNodes(nodes.filter((each) => ['cordoned', 'down'].includes(each.metadata?.name ?? '')))).toThrow(
    'No node of the cluster accepts the Pods of the suites: cordoned is cordoned, down is not Ready.',
  )
})

test('of many nodes one of each type is tried, of few each', () => {
  const labels = (type: string) => ({ labels: { 'node.kubernetes.io/instance-type': type } })
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, place) =>
    node(name, { metadata: { name, ...labels(place < 4 ? 'small' : 'large') } }),
  )
  expect(nodesToProbe(many)).toEqual(['a', 'e'])
  expect(nodesToProbe(many.slice(0, 3))).toEqual(['a', 'b', 'c'])
})
