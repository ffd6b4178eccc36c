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
  const { rules, unrecorded } = rightsOfGuarantees(recorded, { guarantees: [bound, unseen], veleroNamespace: undefined })
  expect(rules.map(ruleText)).toEqual(['own persistentvolumeclaims: create', 'own pods: create'])
  expect(unrecorded).toEqual(['pvcs/new'])
})

test('a guarantee counts when the cluster has all that it requires', () => {
  expect(supportedBy(['DynamicProvisioning', 'BlockVolumes'], [bound, taken, unseen])).toEqual([bound, unseen])
})

test('on a cluster of somebody else no node is stopped, and Holdfast has needs of its own', () => {
  const { rules, neverRun, guarantees } = rightsElsewhere(recorded, { guarantees: [bound, lost], veleroNamespace: 'velero' })
  const lines = rules.map(ruleText)
  expect({ neverRun, guarantees }).toEqual({ neverRun: ['nodes/lost'], guarantees: ['pvcs/bound'] })
  expect(lines).not.toContain('cluster nodes: list patch')
  expect(lines).toContain('namespace/kube-system leases.coordination.k8s.io holdfast: delete get update')
  expect(lines.some((line) => line.includes('volumesnapshotclasses') || line.includes('configmaps'))).toBe(false)
  const withProgram = rightsElsewhere(recorded, { guarantees: [bound], veleroNamespace: 'velero', program: true })
  expect(withProgram.rules.map(ruleText)).toContain('own configmaps: create')
  expect(rightsElsewhere(recorded, { guarantees: [taken], veleroNamespace: 'velero' }).rules.map(ruleText)).toContain(
    'cluster volumesnapshotclasses.snapshot.storage.k8s.io: list',
  )
})

const ofVelero = new Map([
  ['velero/hooks', ['namespace/velero backups.velero.io: create', 'namespace/velero secrets: get list', 'own pods: create'].map(ruleOf)],
  ['pvcs/bound', ['namespace/velero backups.velero.io: list', 'own pods: list'].map(ruleOf)],
])
const hooks = { id: 'velero/hooks', requires: ['Velero'] } as const

test('the rights in the namespace of Velero name the one it is in, for guarantees that need it, and none is on its Secrets', () => {
  const { rules } = rightsOfGuarantees(ofVelero, { guarantees: [hooks, bound], veleroNamespace: 'backups' })
  const lines = rules.map(ruleText)
  expect(lines.filter((line) => line.includes('secrets') || line.includes('namespace/velero'))).toEqual([])
  expect(lines).toContain('own pods: create list')
  expect(rightsOfGuarantees(ofVelero, { guarantees: [bound], veleroNamespace: 'backups' }).rules.map(ruleText)).toEqual(['own pods: list'])
})

test('what removes Backups is asked for with what makes them, whether or not a run has shown it', () => {
  const { rules } = rightsOfGuarantees(ofVelero, { guarantees: [hooks], veleroNamespace: 'backups' })
  const lines = rules.map(ruleText)
  expect(lines).toContain('namespace/backups backups.velero.io: create delete list patch watch')
  expect(lines).toContain('namespace/backups schedules.velero.io: delete list')
})

test('where no Velero is used, no right is asked for in its namespace', () => {
  const { rules } = rightsOfGuarantees(ofVelero, { guarantees: [hooks, bound], veleroNamespace: undefined })
  expect(rules.map(ruleText)).toEqual(['own pods: create list'])
})

test('roles let a run see what a Velero can be used for, where a guarantee needs one', () => {
  const lines = (guarantees: Parameters<typeof rightsElsewhere>[1]['guarantees']) =>
    rightsElsewhere(ofVelero, { guarantees, veleroNamespace: 'backups' }).rules.map(ruleText)
  expect(lines([hooks])).toContain('namespace/backups serverstatusrequests.velero.io: create delete get')
  expect(lines([bound]).filter((line) => line.includes('namespace/backups'))).toEqual([])
})
