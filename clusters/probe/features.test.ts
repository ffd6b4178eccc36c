import { expect, test } from 'vitest'
import { node, storageClass } from '../testing/cluster-answers.ts'
import { limitsOf, topologyKeysOf, zonesOf } from './api-features.ts'
import { knownFeatures } from './features.ts'
import type { Known } from './known.ts'
import { nodesOf } from './node-affinity.ts'
import type { Attempt } from './probe-context.ts'
import type { ProbedVolumes } from './probe-driver.ts'
import { sizesFrom } from './rounding.ts'

const mebibyte = 2 ** 20
const there: Attempt = { isThere: true, seen: 'it worked', seconds: 2 }
const missing: Attempt = { isThere: false, seen: 'a volume did not come within 30 s: not supported', seconds: 30 }

const volumes: ProbedVolumes = {
  first: {
    ...{
      asked: 320 * mebibyte,
      capacity: 320 * mebibyte,
      isImmediate: true,
      pvc: 'first',
      pod: 'first-user',
      pv: { spec: { csi: { driver: 'csi.example.com', volumeHandle: 'v' } } },
    },
    ...{ bindSeconds: 1, attachSeconds: 2, fileSystem: 256 * mebibyte, lostAndFound: true },
  },
  ...{ reachableFrom: ['one', 'two'], sizes: undefined, growth: { online: there } },
  ...{ block: there, onePod: there, shared: there, moved: there, copies: { clone: there, snapshot: there }, group: there, inline: there },
}

const stated: Known['stated'] = {
  zones: { isThere: false, seen: 'no node has a zone' },
  attributes: { isThere: false, seen: 'its driver has none', classes: [] },
  capacity: { isThere: false, seen: 'its CSIDriver does not say storageCapacity' },
  csi: { isThere: true, seen: '2 nodes have the CSI driver csi.example.com' },
  limits: { isThere: true, seen: 'nodes take up to 64 of its volumes' },
  csiDriver: { name: 'csi.example.com', found: { spec: { fsGroupPolicy: 'File', volumeLifecycleModes: ['Persistent', 'Ephemeral'] } } },
}

function known(changes: Partial<ProbedVolumes> = {}, rest: Partial<Known> = {}) {
  return knownFeatures({
    storageClass: storageClass('fast', { allowVolumeExpansion: true }),
    snapshotClass: { name: 'moments', isNamed: false },
    groupSnapshotClass: { name: 'groups', retains: false },
    nodes: [node('one'), node('two')],
    stated,
    probed: { volumes: { ...volumes, ...changes }, times: {}, seconds: 40 },
    ...{ velero: [], declared: [], undeclared: [], ...rest },
  })
}

test('what was tried and worked is there', () => {
  const { features, bindingMode, storageClasses } = known()
  expect(features).toEqual([
    ...[
      'DynamicProvisioning',
      'MultipleNodes',
      'FsGroup',
      'VolumeAttachments',
      'VolumeLimits',
      'ImmediateBinding',
      'VolumeExpansion',
      'OnlineExpansion',
      'EnforcedCapacity',
      'LostAndFound',
      'BlockVolumes',
    ],
    ...['ReadWriteOncePod', 'ReadWriteMany', 'MovableVolumes', 'MountOptions', 'VolumeCloning', 'VolumeSnapshots'],
    ...['VolumeGroupSnapshots', 'EphemeralInlineVolumes'],
  ])
  expect(bindingMode).toBe('Immediate')
  expect(storageClasses).toEqual({})
})

test('what was tried and did not work is lacking, with what was seen', () => {
  const { features, lacking } = known({ shared: missing, onePod: missing })
  expect(features).not.toContain('ReadWriteMany')
  expect(lacking).toMatchObject({ ReadWriteMany: missing.seen, ReadWriteOncePod: missing.seen })
})

test('a file system of the whole node is no capacity that is enforced', () => {
  const { lacking } = known({ first: { ...volumes.first, fileSystem: 80_000 * mebibyte } })
  expect(lacking.EnforcedCapacity).toBe('the file system of a volume of 320Mi has 80000 MiB')
})

test('a file system without lost+found is told, and so is a volume that nobody could look at', () => {
  const seen = (lostAndFound: boolean | undefined) => known({ first: { ...volumes.first, lostAndFound } }).lacking.LostAndFound
  expect(seen(false)).toBe('the root of a new volume has no directory lost+found')
  expect(seen(undefined)).toBe('the root of its volume could not be looked at')
})

test('a directory of a node is not mounted with options', () => {
  const { lacking } = known({ first: { ...volumes.first, pv: { spec: { hostPath: { path: '/a' } } } } })
  expect(lacking.MountOptions).toBe('kubelet mounts no PersistentVolume of that kind with options')
})

test('a volume that is not CSI is not kept to one Pod, though it has the mode', () => {
  const { lacking } = known({ first: { ...volumes.first, pv: { spec: { nfs: { server: 'files', path: '/a' } } } }, onePod: there })
  expect(lacking.ReadWriteOncePod).toBe('Kubernetes keeps CSI volumes only to one Pod, and its PersistentVolume is none')
})

test('inline volumes are lacking where the CSIDriver says so, whatever a definition says', () => {
  const persistent = { ...stated, csiDriver: { name: 'csi.example.com', found: { spec: {} } } }
  const defined = [{ feature: 'EphemeralInlineVolumes', isThere: true, seen: 'InlineVolumes names one' }] as const
  const { lacking } = known({ inline: undefined }, { stated: persistent, defined })
  expect(lacking.EphemeralInlineVolumes).toBe('its CSIDriver says volumeLifecycleModes: Persistent')
  const none = { ...stated, csiDriver: { name: 'csi.example.com', found: undefined } }
  expect(known({ inline: undefined }, { stated: none }).lacking.EphemeralInlineVolumes).toBe('there is no CSIDriver csi.example.com')
})

test('a definition adds what was tried in vain, of inline volumes and of groups', () => {
  const defined = (['EphemeralInlineVolumes', 'VolumeGroupSnapshots'] as const).map((feature) => ({
    feature,
    isThere: true,
    seen: 'it says so',
  }))
  const { features, evidence } = known({ inline: missing, group: missing }, { defined })
  expect(features).toEqual(expect.arrayContaining(['EphemeralInlineVolumes', 'VolumeGroupSnapshots']))
  expect(evidence.find(({ feature }) => feature === 'VolumeGroupSnapshots')).toMatchObject({ by: 'definition', seen: 'it says so' })
})

test('group snapshots are lacking without a class, and not known of one that is made later', () => {
  const groups = (groupSnapshotClass: Known['groupSnapshotClass']) => known({ group: undefined }, { groupSnapshotClass }).lacking
  expect(groups({ why: 'driver a has no VolumeGroupSnapshotClass' }).VolumeGroupSnapshots).toBe('driver a has no VolumeGroupSnapshotClass')
  const later = groups({ name: 'later', retains: false, isMadeLater: true }).VolumeGroupSnapshots
  expect(later).toBe('VolumeGroupSnapshotClass later is made for the run, and not probed')
  const nothing = known({}, { probed: undefined, notProbed: 'a dry run probes nothing' }).lacking
  expect(nothing).toMatchObject({ VolumeGroupSnapshots: 'a dry run probes nothing', EphemeralInlineVolumes: 'a dry run probes nothing' })
})

test('a limit of volumes is what a node says of a driver', () => {
  const on = (name: string, count?: number) => ({ spec: { drivers: [{ name, nodeID: 'one', ...(count && { allocatable: { count } }) }] } })
  expect(limitsOf([on('a', 64), on('a', 64), on('b')], 'a')).toEqual({ isThere: true, seen: 'nodes take up to 64 of its volumes' })
  expect(limitsOf([on('a', 64), on('b')], 'b')).toEqual({ isThere: false, seen: 'no CSINode names a limit of its volumes' })
})

test('a class that promises expansion is judged by it, also where the probe saw none', () => {
  const { features, lacking, evidence } = known({ growth: { online: missing, offline: missing } })
  expect(features).toContain('VolumeExpansion')
  expect(lacking.OnlineExpansion).toBe(missing.seen)
  expect(evidence.find(({ feature }) => feature === 'VolumeExpansion')?.seen).toBe(
    `StorageClass fast allows volume expansion, but: ${missing.seen}`,
  )
})

test('a VolumeSnapshotClass that was named counts, one that was found has to work', () => {
  const copies = { clone: there, snapshot: missing }
  expect(known({ copies }).lacking.VolumeSnapshots).toBe(missing.seen)
  expect(known({ copies }, { snapshotClass: { name: 'moments', isNamed: true } }).features).toContain('VolumeSnapshots')
  expect(known({}, { snapshotClass: { why: 'the driver has none' } }).lacking.VolumeSnapshots).toBe('the driver has none')
})

test('a volume that waits for a Pod and stays on its node is node-local, and its class serves for both', () => {
  const { features, bindingMode, storageClasses } = known({ first: { ...volumes.first, isImmediate: false }, reachableFrom: ['two'] })
  expect(features).toContain('NodeLocalVolumes')
  expect(bindingMode).toBe('WaitForFirstConsumer')
  expect(storageClasses).toEqual({ waitForFirstConsumer: 'fast', nodeLocal: 'fast' })
})

test('what somebody says overrules what was seen, which is kept', () => {
  const { features, lacking, evidence } = known({ shared: missing }, { declared: ['ReadWriteMany'], undeclared: ['VolumeCloning'] })
  expect(features).toContain('ReadWriteMany')
  expect(evidence.find(({ feature }) => feature === 'ReadWriteMany')).toMatchObject({
    by: '--declare',
    seen: `named with --declare, although ${missing.seen}`,
  })
  expect(lacking.VolumeCloning).toBe('named with --undeclare, although it worked')
})

test('a class without a driver has what it says of itself, and nothing else', () => {
  const { features, lacking } = known(
    {},
    {
      storageClass: storageClass('manual', { provisioner: 'kubernetes.io/no-provisioner' }),
      stated: { ...stated, csiDriver: { name: 'kubernetes.io/no-provisioner', found: undefined } },
      ...{ probed: undefined, notProbed: 'StorageClass manual has no driver to probe' },
    },
  )
  expect(features).toEqual(['MultipleNodes', 'VolumeLimits', 'ImmediateBinding', 'MountOptions'])
  expect(lacking.BlockVolumes).toBe('StorageClass manual has no driver to probe')
})

test('zones count where the nodes are in several and the driver goes by them', () => {
  const [a, b] = ['a', 'b'].map((zone) => node(zone, { metadata: { name: zone, labels: { 'topology.kubernetes.io/zone': zone } } }))
  const nodes = [a, b].filter((each) => each !== undefined)
  expect(zonesOf(nodes, ['topology.kubernetes.io/zone']).isThere).toBe(true)
  expect(zonesOf(nodes, ['topology.example.com/rack'])).toEqual({
    isThere: false,
    seen: 'the nodes are in the zones a, b, and its driver goes by topology.example.com/rack',
  })
  expect(zonesOf([node('one')], [])).toEqual({ isThere: false, seen: 'no node has a zone, and its driver has no topology' })
})

test('a node without drivers has no list of them', () => {
  const drivers = [
    { name: 'csi.example.com', nodeID: 'one', topologyKeys: ['zone'] },
    { name: 'other.example.com', nodeID: 'one', topologyKeys: ['rack'] },
  ]
  const none = { spec: { drivers: null } } as unknown as Parameters<typeof topologyKeysOf>[0][number]
  expect(topologyKeysOf([none, { spec: { drivers } }], 'csi.example.com')).toEqual(['zone'])
})

test('the node affinity of a PersistentVolume says from where it can be used', () => {
  const nodes = ['one', 'two'].map((name) => node(name, { metadata: { name, labels: { host: name } } }))
  const pv = (matchExpressions: object[]) =>
    ({ spec: { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } } }) as Parameters<typeof nodesOf>[0]
  const namesOf = (matchExpressions: object[]) => nodesOf(pv(matchExpressions), nodes).map(({ metadata }) => metadata?.name)
  expect(namesOf([{ key: 'host', operator: 'In', values: ['two'] }])).toEqual(['two'])
  expect(namesOf([{ key: 'host', operator: 'NotIn', values: ['two'] }])).toEqual(['one'])
  expect(namesOf([{ key: 'host', operator: 'Exists' }])).toEqual(['one', 'two'])
  expect(nodesOf({}, nodes)).toHaveLength(2)
})

test('the step of a driver is what a byte more than one size gets', () => {
  expect(sizesFrom({ asked: 320 * mebibyte, capacity: 1024 * mebibyte, next: 2048 * mebibyte })).toMatchObject({
    smallest: '1Gi',
    step: '1Gi',
  })
  expect(sizesFrom({ asked: 320 * mebibyte, capacity: 320 * mebibyte, next: 320 * mebibyte + 4096 })).toMatchObject({
    smallest: '320Mi',
    step: '4Ki',
  })
})
