import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Feature } from '../../contract/cluster-record.ts'
import { features as ofOurProfile } from '../profiles/default-profile.ts'
import type { DriverDefinition } from './definition.ts'
import { type ClusterFacts, definedFeatures, otherCapabilities } from './features.ts'
import { definedAccessModes, definedTimes } from './limits.ts'
import { readDriverDefinition } from './read-definition.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const definitionOf = (name: string): DriverDefinition => readDriverDefinition(join(fixtures, `${name}.yaml`))

function offered(definition: DriverDefinition, facts?: ClusterFacts): readonly Feature[] {
  return definedFeatures(definition, facts).flatMap(({ feature, isThere }) => (isThere ? [feature] : []))
}

function why(definition: DriverDefinition, wanted: Feature, facts?: ClusterFacts): string | undefined {
  return definedFeatures(definition, facts).find(({ feature, isThere }) => feature === wanted && !isThere)?.seen
}

interface Expected {
  /** What the driver can do, as its documentation has it, and Holdfast has a feature for. */
  readonly offers: readonly Feature[]
  /** Some of what it cannot, with the key that says so. */
  readonly lacks: Readonly<Partial<Record<Feature, string>>>
  /** Capabilities that no feature stands for. */
  readonly others: readonly string[]
  readonly modes: string
}

const grows: readonly Feature[] = ['VolumeExpansion', 'OnlineExpansion']

const drivers: Readonly<Record<string, Expected>> = {
  'aws-ebs': {
    offers: ['DynamicProvisioning', ...grows, 'BlockVolumes', 'ReadWriteOncePod', 'VolumeCloning', 'VolumeSnapshots', 'VolumeAttributes'],
    lacks: {
      ImmediateBinding: 'the class of StorageClass.FromFile binds WaitForFirstConsumer',
      ReadWriteMany: 'Capabilities.RWX is false',
      MovableVolumes: 'TopologyKeys names topology.ebs.csi.aws.com/zone: a volume moves between nodes of one such value only',
      Zones: 'TopologyKeys does not name topology.kubernetes.io/zone',
      NodeLocalVolumes: 'TopologyKeys names no key of a node',
      VolumeGroupSnapshots: 'Capabilities.groupSnapshot is not set',
    },
    others: ['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion', 'volumeLimits', 'multiplePVsSameID'],
    modes: 'RWO RWOP',
  },
  'aws-efs': {
    offers: ['DynamicProvisioning', 'ReadWriteMany', 'MovableVolumes'],
    lacks: { VolumeExpansion: 'Capabilities.controllerExpansion is false', VolumeSnapshots: 'Capabilities.snapshotDataSource is false' },
    others: ['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'volumeLimits', 'multiplePVsSameID', 'capReadOnlyMany'],
    modes: 'RWO ROX RWX',
  },
  'gce-pd': {
    offers: ['DynamicProvisioning', ...grows, 'BlockVolumes', 'ReadWriteOncePod', 'VolumeCloning', 'VolumeSnapshots'],
    lacks: { VolumeAttributes: 'VolumeAttributesClass names no class', ReadWriteMany: 'Capabilities.RWX is not set' },
    others: ['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion', 'capReadOnlyMany'],
    modes: 'RWO ROX RWOP',
  },
  'gcp-filestore': {
    offers: ['DynamicProvisioning', ...grows, 'ReadWriteMany', 'VolumeSnapshots', 'MovableVolumes'],
    lacks: { BlockVolumes: 'Capabilities.block is not set', VolumeCloning: 'Capabilities.pvcDataSource is not set' },
    others: ['fsGroup', 'exec', 'multipods', 'offlineExpansion', 'multiplePVsSameID', 'capReadOnlyMany'],
    modes: 'RWO ROX RWX',
  },
  'azure-disk': {
    offers: [
      ...(['DynamicProvisioning', 'ImmediateBinding', ...grows, 'BlockVolumes', 'ReadWriteOncePod', 'VolumeCloning'] as const),
      'VolumeSnapshots',
    ],
    lacks: {
      MovableVolumes: 'Capabilities.topology is true, and TopologyKeys does not say between which nodes a volume moves',
      NodeLocalVolumes: 'TopologyKeys names no key of a node',
    },
    others: ['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion', 'volumeLimits'],
    modes: 'RWO RWOP',
  },
  'azure-file-nfs': {
    offers: ['DynamicProvisioning', ...grows, 'ReadWriteMany', 'MovableVolumes'],
    lacks: { VolumeSnapshots: 'Capabilities.snapshotDataSource is false' },
    others: ['fsGroup', 'volumeMountGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion', 'volumeLimits'],
    modes: 'RWO RWX',
  },
  'ceph-rbd': {
    offers: [
      ...(['DynamicProvisioning', ...grows, 'BlockVolumes', 'ReadWriteOncePod', 'VolumeCloning', 'VolumeSnapshots'] as const),
      'VolumeGroupSnapshots',
      'MovableVolumes',
    ],
    lacks: { ReadWriteMany: 'Capabilities.RWX is false', NodeLocalVolumes: 'Capabilities.topology is false' },
    others: ['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion', 'volumeLimits'],
    modes: 'RWO RWOP',
  },
  cephfs: {
    offers: [
      ...(['DynamicProvisioning', ...grows, 'ReadWriteMany', 'ReadWriteOncePod', 'VolumeCloning', 'VolumeSnapshots'] as const),
      'VolumeGroupSnapshots',
      'MovableVolumes',
    ],
    lacks: { BlockVolumes: 'Capabilities.block is false' },
    others: ['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion', 'capReadOnlyMany'],
    modes: 'RWO ROX RWX RWOP',
  },
  nfs: {
    offers: [
      ...(['DynamicProvisioning', 'ImmediateBinding', ...grows, 'ReadWriteMany', 'VolumeCloning', 'VolumeSnapshots'] as const),
      'MovableVolumes',
    ],
    lacks: { EphemeralInlineVolumes: 'InlineVolumes names only shared or read-only volumes', BlockVolumes: 'Capabilities.block is not set' },
    others: ['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion'],
    modes: 'RWO RWX',
  },
  smb: {
    offers: ['DynamicProvisioning', 'ImmediateBinding', ...grows, 'ReadWriteMany', 'VolumeCloning', 'MovableVolumes'],
    lacks: { VolumeSnapshots: 'Capabilities.snapshotDataSource is not set' },
    others: ['fsGroup', 'volumeMountGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion'],
    modes: 'RWO RWX',
  },
  vsphere: {
    offers: ['DynamicProvisioning', ...grows, 'BlockVolumes', 'VolumeSnapshots', 'MovableVolumes'],
    lacks: { VolumeCloning: 'Capabilities.pvcDataSource is false', ReadWriteOncePod: 'Capabilities.readWriteOncePod is not set' },
    others: ['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion', 'volumeLimits'],
    modes: 'RWO',
  },
  longhorn: {
    offers: [
      ...(['DynamicProvisioning', ...grows, 'BlockVolumes', 'ReadWriteMany', 'ReadWriteOncePod', 'VolumeCloning'] as const),
      'VolumeSnapshots',
      'MovableVolumes',
    ],
    lacks: { VolumeGroupSnapshots: 'Capabilities.groupSnapshot is not set' },
    others: ['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion'],
    modes: 'RWO RWX RWOP',
  },
  'openebs-lvm': {
    offers: ['DynamicProvisioning', ...grows, 'BlockVolumes', 'NodeLocalVolumes', 'StorageCapacity'],
    lacks: {
      MovableVolumes: 'TopologyKeys names openebs.io/nodename: a volume stays on its node',
      VolumeSnapshots: 'Capabilities.snapshotDataSource is false',
    },
    others: ['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion', 'volumeLimits'],
    modes: 'RWO',
  },
  array: {
    offers: [
      ...(['DynamicProvisioning', 'VolumeExpansion', 'BlockVolumes', 'ReadWriteOncePod', 'VolumeCloning', 'VolumeSnapshots'] as const),
      'VolumeGroupSnapshots',
      'MovableVolumes',
    ],
    lacks: { OnlineExpansion: 'Capabilities.onlineExpansion is false' },
    others: [
      ...['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion', 'volumeLimits', 'FSResizeFromSourceNotSupported'],
      'capReadOnlyMany',
    ],
    modes: 'RWO ROX RWOP',
  },
  'mountpoint-s3': {
    offers: [],
    lacks: { DynamicProvisioning: 'StorageClass names no class', ReadWriteMany: 'StorageClass names no class' },
    others: ['fsGroup', 'exec', 'multipods', 'capReadOnlyMany'],
    modes: 'RWO ROX RWX',
  },
  'gcs-fuse': {
    offers: [],
    lacks: {
      DynamicProvisioning: 'StorageClass names no class',
      EphemeralInlineVolumes: 'InlineVolumes names no volume with the attribute size, with which suites ask for one',
    },
    others: ['fsGroup', 'volumeMountGroup', 'exec', 'multipods'],
    modes: 'RWO RWX',
  },
  hostpath: {
    offers: [
      ...(['DynamicProvisioning', 'ImmediateBinding', ...grows, 'BlockVolumes', 'ReadWriteOncePod', 'VolumeCloning'] as const),
      'VolumeSnapshots',
      'VolumeGroupSnapshots',
    ],
    lacks: {
      MovableVolumes: 'Capabilities.singleNodeVolume is true',
      NodeLocalVolumes: 'the class of StorageClass.FromName does not wait for the first consumer',
      StorageCapacity: 'the class of StorageClass.FromName does not wait for the first consumer',
    },
    others: [
      ...['fsGroup', 'exec', 'multipods', 'nodeExpansion', 'offlineExpansion', 'volumeLimits', 'FSResizeFromSourceNotSupported'],
      'multiplePVsSameID',
    ],
    modes: 'RWO RWOP',
  },
}

const short: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

test('every definition among the fixtures is expected to offer something', () => {
  const files = globSync('*.yaml', { cwd: fixtures }).map((file) => basename(file, '.yaml'))
  expect(files.toSorted()).toEqual(Object.keys(drivers).toSorted())
})

describe.each(Object.entries(drivers))('%s', (name, expected) => {
  const definition = definitionOf(name)

  test('offers what the driver can do', () => {
    expect(offered(definition).toSorted()).toEqual(expected.offers.toSorted())
  })

  test('lacks what it cannot, with the key that says so', () => {
    const reasons = Object.keys(expected.lacks).map((feature) => [feature, why(definition, feature as Feature)])
    expect(Object.fromEntries(reasons)).toEqual(expected.lacks)
  })

  test('has capabilities that no feature stands for, and access modes', () => {
    expect(otherCapabilities(definition).map(({ capability }) => capability)).toEqual(expected.others)
    const modes = definedAccessModes(definition).flatMap(({ mode, isThere }) => (isThere ? [short[mode]] : []))
    expect(modes.join(' ')).toBe(expected.modes)
  })

  test('says each feature once', () => {
    const all = definedFeatures(definition).map(({ feature }) => feature)
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('what the cluster shows', () => {
  test('volumes move where all nodes have one topology', () => {
    expect(offered(definitionOf('aws-ebs'), { sharesTopology: true })).toContain('MovableVolumes')
    expect(offered(definitionOf('openebs-lvm'), { sharesTopology: true })).not.toContain('MovableVolumes')
  })

  test('the binding mode of a class that exists is what was read', () => {
    const rbd = definitionOf('ceph-rbd')
    expect(definedFeatures(rbd).some(({ feature }) => feature === 'ImmediateBinding')).toBe(false)
    expect(offered(rbd, { bindingMode: 'Immediate' })).toContain('ImmediateBinding')
    expect(why(rbd, 'ImmediateBinding', { bindingMode: 'WaitForFirstConsumer' })).toContain('binds WaitForFirstConsumer')
  })
})

test('times are those that the definition names', () => {
  expect(definedTimes(definitionOf('array'))).toEqual({
    bind: { seconds: 600, kind: 'allowed', from: 'Timeouts.ClaimProvision' },
    attach: { seconds: 3600, kind: 'allowed', from: 'Timeouts.PodStart' },
    snapshot: { seconds: 930, kind: 'allowed', from: 'Timeouts.SnapshotCreate' },
    delete: { seconds: 600, kind: 'allowed', from: 'Timeouts.PVDelete' },
  })
  expect(definedTimes(definitionOf('nfs'))).toEqual({})
})

test('a driver whose claims must not be ReadWriteOnce has nothing for suites', () => {
  const shared: DriverDefinition = { ...definitionOf('cephfs'), requiredAccessModes: ['ReadWriteMany'] }
  expect(offered(shared)).toEqual([])
  expect(why(shared, 'VolumeSnapshots')).toBe('RequiredAccessModes (ReadWriteMany) leaves out ReadWriteOnce, which suites ask for')
})

test('a driver whose data does not last has nothing for suites', () => {
  const { capabilities } = definitionOf('longhorn')
  const fleeting: DriverDefinition = { ...definitionOf('longhorn'), capabilities: { ...capabilities, persistence: false } }
  expect(why(fleeting, 'DynamicProvisioning')).toBe('Capabilities.persistence is false, so data goes with its Pod')
})

/** What a definition has no key for. Binding is read from the class, and the rest from the cluster. */
const beyondDefinitions: readonly Feature[] = [
  ...(['ImmediateBinding', 'EnforcedCapacity', 'DefaultStorageClassFree', 'RecursiveReadOnlyMounts', 'MultipleNodes'] as const),
  ...(['PowerCut', 'DriverFaults', 'DriverCallLog', 'NodeControl', 'ComponentControl'] as const),
]

test('our own definitions, read back, give what a cluster of ours records', () => {
  const own = ['e2e-test-driver.yaml', 'e2e-test-driver.node-local.yaml'].map((file) =>
    readDriverDefinition(join(import.meta.dirname, '..', 'csi-hostpath', file)),
  )
  const given = new Set(own.flatMap((definition) => offered(definition)))
  expect([...given].toSorted()).toEqual(ofOurProfile.filter((feature) => !beyondDefinitions.includes(feature)).toSorted())
})
