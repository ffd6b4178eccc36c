import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Feature } from '../../contract/cluster-record.ts'
import { features as ofOurProfile } from '../profiles/default-profile.ts'
import type { DriverDefinition } from './definition.ts'
import { type ClusterFacts, definedFeatures, otherCapabilities } from './features.ts'
import { expectedDrivers } from './fixtures/expected-drivers.ts'
import { definedAccessModes, definedSizes, definedTimes } from './limits.ts'
import { readDriverDefinition } from './read-definition.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const definitionOf = (name: string): DriverDefinition => readDriverDefinition(join(fixtures, `${name}.yaml`))

function offered(definition: DriverDefinition, facts?: ClusterFacts): readonly Feature[] {
  return definedFeatures(definition, facts).flatMap(({ feature, isThere }) => (isThere ? [feature] : []))
}

function why(definition: DriverDefinition, wanted: Feature, facts?: ClusterFacts): string | undefined {
  return definedFeatures(definition, facts).find(({ feature, isThere }) => feature === wanted && !isThere)?.seen
}

const short: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

test('every definition among the fixtures is expected to offer something', () => {
  const files = globSync('*.yaml', { cwd: fixtures }).map((file) => basename(file, '.yaml'))
  expect(files.toSorted()).toEqual(Object.keys(expectedDrivers).toSorted())
})

describe.each(Object.entries(expectedDrivers))('%s', (name, expected) => {
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

test('sizes are those of the definition, and grow by a gibibyte where it has no step', () => {
  const from = 'SupportedSizeRange of the definition of the driver'
  const { sizes } = definitionOf('nfs')
  expect(definedSizes({ ...definitionOf('nfs'), sizes: { min: sizes.min } })).toEqual({ smallest: sizes.min.text, step: '1Gi', from })
  const step = { text: '512Mi', bytes: 2 ** 29 }
  expect(definedSizes({ ...definitionOf('nfs'), sizes: { min: sizes.min, step } }).step).toBe('512Mi')
})

test('a driver whose PVCs must not be ReadWriteOnce has nothing for suites', () => {
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
  ...([
    'ImmediateBinding',
    'EnforcedCapacity',
    'LostAndFound',
    'DefaultStorageClassFree',
    'RecursiveReadOnlyMounts',
    'MultipleNodes',
    'VolumeAttachments',
  ] as const),
  ...(['VolumeLimits', 'MountOptions'] as const),
  ...(['PowerCut', 'DriverFaults', 'DriverCallLog', 'NodeControl', 'NodeScheduling', 'ComponentControl', 'Kubectl'] as const),
]

test('our own definitions, read back, give what a cluster of ours records', () => {
  const own = ['e2e-test-driver.yaml', 'e2e-test-driver.node-local.yaml'].map((file) =>
    readDriverDefinition(join(import.meta.dirname, '..', 'csi-hostpath', file)),
  )
  const given = new Set(own.flatMap((definition) => offered(definition)))
  expect([...given].toSorted()).toEqual(ofOurProfile.filter((feature) => !beyondDefinitions.includes(feature)).toSorted())
})
