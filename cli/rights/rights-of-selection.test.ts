import { expect, test } from 'vitest'
import { ruleOf, ruleText } from '../../contract/rights.ts'
import { rightsElsewhere, rightsOfGuarantees, supportedBy } from './rights-of-selection.ts'

const recorded = new Map([
  ['pvcs/bound', ['own pods: create', 'own persistentvolumeclaims: create'].map(ruleOf)],
  ['snapshots/taken', ['own volumesnapshots.snapshot.storage.k8s.io: create'].map(ruleOf)],
  ['nodes/lost', ['cluster nodes: patch'].map(ruleOf)],
])
const bound = { id: 'pvcs/bound', requires: ['DynamicProvisioning'] } as const
const taken = { id: 'snapshots/taken', requires: ['VolumeSnapshots'] } as const
const lost = { id: 'nodes/lost', requires: ['NodeControl'] } as const
const unseen = { id: 'pvcs/new', requires: [] } as const

test('rights are those of the guarantees that were selected, and what no run has shown is named', () => {
  const { rules, unrecorded } = rightsOfGuarantees(recorded, [bound, unseen])
  expect(rules.map(ruleText)).toEqual(['own persistentvolumeclaims: create', 'own pods: create'])
  expect(unrecorded).toEqual(['pvcs/new'])
})

test('a guarantee counts when the cluster has all that it requires', () => {
  expect(supportedBy(['DynamicProvisioning', 'BlockVolumes'], [bound, taken, unseen])).toEqual([bound, unseen])
})

test('on a cluster of somebody else no node is stopped, and Holdfast has needs of its own', () => {
  const { rules, neverRun, guarantees } = rightsElsewhere(recorded, [bound, lost])
  const lines = rules.map(ruleText)
  expect({ neverRun, guarantees }).toEqual({ neverRun: ['nodes/lost'], guarantees: ['pvcs/bound'] })
  expect(lines).not.toContain('cluster nodes: list patch')
  expect(lines).toContain('namespace/kube-system leases.coordination.k8s.io holdfast: delete get update')
  expect(lines.some((line) => line.includes('volumesnapshotclasses'))).toBe(false)
  expect(rightsElsewhere(recorded, [taken]).rules.map(ruleText)).toContain('cluster volumesnapshotclasses.snapshot.storage.k8s.io: list')
})
