import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { definedFeatures } from '../../clusters/driver-definition/features.ts'
import { readDriverDefinition } from '../../clusters/driver-definition/read-definition.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { projectRoot } from '../shell/project-root.ts'
import { describePlan, plannedGuarantees } from './planned-guarantees.ts'

const catalogue = readCatalogue(projectRoot)
const all = selectGuarantees(catalogue, [])

/** A guarantee for each thing that a driver may be able to do. */
const signs = {
  volumes: 'persistent-volumes/survives-pod-deletion',
  grow: 'expansion/no-shrink',
  online: 'expansion/writes-continue-during-expansion',
  block: 'volumes/block-grows-online',
  shared: 'access-modes/rwx-shared-across-nodes',
  onePod: 'access-modes/rwop-single-pod',
  moves: 'access-modes/rwo-moves-between-nodes',
  snapshots: 'volume-snapshots/restore-equals-snapshot',
  groups: 'volume-snapshots/group-snapshot-consistent',
  clones: 'persistent-volumes/clone-equals-source',
  stays: 'topology/node-local-volume-pins-pods',
  capacity: 'topology/storage-capacity-scheduling',
} as const

type Sign = keyof typeof signs

/** What each driver can do, by its documentation, on three nodes in three zones. */
const drivers: Readonly<Record<string, readonly Sign[]>> = {
  'aws-ebs': ['volumes', 'grow', 'online', 'block', 'onePod', 'snapshots', 'clones'],
  'aws-efs': ['volumes', 'shared', 'moves'],
  'gce-pd': ['volumes', 'grow', 'online', 'block', 'onePod', 'snapshots', 'clones'],
  'gcp-filestore': ['volumes', 'grow', 'online', 'shared', 'moves', 'snapshots'],
  'azure-disk': ['volumes', 'grow', 'online', 'block', 'onePod', 'snapshots', 'clones'],
  'azure-file-nfs': ['volumes', 'grow', 'online', 'shared', 'moves'],
  'ceph-rbd': ['volumes', 'grow', 'online', 'block', 'onePod', 'moves', 'snapshots', 'groups', 'clones'],
  cephfs: ['volumes', 'grow', 'online', 'shared', 'onePod', 'moves', 'snapshots', 'groups', 'clones'],
  nfs: ['volumes', 'grow', 'online', 'shared', 'moves', 'snapshots', 'clones'],
  smb: ['volumes', 'grow', 'online', 'shared', 'moves', 'clones'],
  vsphere: ['volumes', 'grow', 'online', 'block', 'moves', 'snapshots'],
  longhorn: ['volumes', 'grow', 'online', 'block', 'shared', 'onePod', 'moves', 'snapshots', 'clones'],
  'openebs-lvm': ['volumes', 'grow', 'online', 'block', 'stays', 'capacity'],
  array: ['volumes', 'grow', 'onePod', 'moves', 'snapshots', 'groups', 'clones'],
  'mountpoint-s3': [],
  'gcs-fuse': [],
  hostpath: ['volumes', 'grow', 'online', 'block', 'onePod', 'snapshots', 'groups', 'clones'],
}

function planOf(name: string) {
  const definition = readDriverDefinition(join(projectRoot, 'clusters', 'driver-definition', 'fixtures', `${name}.yaml`))
  const defined = definedFeatures(definition)
  const offered = defined.flatMap(({ feature, isThere }) => (isThere ? [feature] : []))
  const lacking = Object.fromEntries(defined.flatMap(({ feature, isThere, seen }) => (isThere ? [] : [[feature, seen] as const])))
  return plannedGuarantees(all, { features: [...offered, 'MultipleNodes'], lacking })
}

test.each(Object.entries(signs))('there is a guarantee for %s', (_, id) => {
  expect(all.some((guarantee) => guarantee.id === id)).toBe(true)
})

describe.each(Object.entries(drivers))('%s', (name, expected) => {
  const planned = planOf(name)

  test('runs what the driver can do, and nothing that it cannot', () => {
    const runs = (id: string) => planned.some(({ guarantee, lacking }) => guarantee.id === id && lacking.length === 0)
    expect(Object.entries(signs).flatMap(([sign, id]) => (runs(id) ? [sign] : []))).toEqual(expected)
  })

  test('has a reason for each guarantee that is not run', () => {
    for (const { lacking } of planned) for (const { why } of lacking) expect(why).toMatch(/\w/)
  })
})

test('the plan is told by what is lacking most', () => {
  const [first, ...lines] = describePlan(planOf('aws-efs'))
  expect(first).toMatch(/^\d+ of \d+ guarantees can run here; \d+ are NotSupported:$/)
  expect(lines.find((line) => line.includes('VolumeCloning'))).toMatch(
    /^ {2}\d+ for want of VolumeCloning: Capabilities\.pvcDataSource is not set$/,
  )
  const counts = lines.map((line) => Number(/\d+/.exec(line)?.[0]))
  expect(counts).toEqual(counts.toSorted((a, b) => b - a))
})

test('where all run, that is all there is to tell', () => {
  const [one] = all
  if (one === undefined) throw new Error('There are no guarantees.')
  expect(describePlan(plannedGuarantees([one], { features: one.requires }))).toEqual(['1 of 1 guarantees can run here.'])
})
