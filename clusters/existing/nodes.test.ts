import { expect, test } from 'vitest'
import { cordonedAnnotation } from '../../contract/annotations.ts'
import { node } from '../testing/cluster-answers.ts'
import { nodesToProbe, requireNodes, schedulableNodes } from './nodes.ts'

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

test('nodes whose taints the user tolerates take Pods, and of those alone that carry the labels of its selector', () => {
  const taints = [{ key: 'dedicated', value: 'storage', effect: 'NoSchedule' }]
  const nodes = [
    node('one', { spec: { taints } }),
    node('two', { metadata: { name: 'two', labels: { pool: 'storage' } }, spec: { taints } }),
  ]
  const tolerations = [{ key: 'dedicated', value: 'storage' }]
  expect(schedulableNodes(nodes, { tolerations })).toEqual(nodes)
  expect(schedulableNodes(nodes, { tolerations, nodeSelector: { pool: 'storage' } })).toEqual([nodes[1]])
  expect(() => schedulableNodes(nodes, { tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }] })).toThrow(
    'one has the taint dedicated:NoSchedule',
  )
  expect(() => schedulableNodes(nodes, { tolerations, nodeSelector: { pool: 'other' } })).toThrow(
    'one lacks the label pool=other, which workload.nodeSelector asks for',
  )
})

test('a node that is to be disrupted is one that takes Pods', () => {
  expect(() => requireNodes(['one'], [node('one'), node('two')])).not.toThrow()
  expect(() => requireNodes(['one', 'tow'], [node('one'), node('two')])).toThrow('Node tow, which --disruptive-nodes names, is no node')
})

test('a node that a killed run left cordoned is told with what ends that', () => {
  const metadata = { name: 'one', annotations: { [cordonedAnnotation]: 'true' } }
  expect(() => schedulableNodes([node('one', { metadata, spec: { unschedulable: true } })])).toThrow(
    'one was cordoned by a run that was killed ("kubectl uncordon one").',
  )
})
