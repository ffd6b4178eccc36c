import { expect, test } from 'vitest'
import type { ClusterRecord, NodeRecord } from '../../contract/cluster-record.ts'
import { releaseOf } from '../images/kubernetes-release.ts'
import { type ComponentName, isComponentName, targets } from './targets.ts'
import { binaryOf, nodesOf } from './way.ts'

function node(name: string, role: NodeRecord['role']): NodeRecord {
  return { name, role, zone: 'a', container: name, address: '10.0.0.1' }
}

const nodes = [node('one', 'worker'), node('first', 'control-plane'), node('other', 'worker')]
const record = { nodes } as Partial<ClusterRecord> as ClusterRecord
const names = Object.keys(targets) as ComponentName[]

test.each(['kubelet', 'velero'] as const)('%s is on every node, the control plane first', (component) => {
  expect(nodesOf(component, record).map(({ name }) => name)).toEqual(['first', 'one', 'other'])
})

test.each(['kube-controller-manager', 'csi-resizer', 'snapshot-controller'] as const)('%s is on the control plane alone', (component) => {
  expect(nodesOf(component, record).map(({ name }) => name)).toEqual(['first'])
})

test('the binary of each component has its name, whatever it is built from', () => {
  expect(names.map((name) => targets[name].program(releaseOf()).binary)).toEqual(names.map(binaryOf))
})

test('what is no component has no mutants', () => {
  expect(isComponentName('kube-apiserver')).toBe(false)
  expect(isComponentName('toString')).toBe(false)
})
