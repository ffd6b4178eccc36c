import type { V1StorageClass } from '@kubernetes/client-node'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attachExisting, type ExistingOptions } from '../attach/attach-existing.ts'
import type { DriverDefinition } from '../driver-definition/definition.ts'
import { readDriverDefinition } from '../driver-definition/read-definition.ts'
import { SetupError } from '../setup-error.ts'
import { startApiServer } from '../testing/api-server.ts'
import { type AnsweredCluster, answersOf, node, storageClass } from '../testing/cluster-answers.ts'

const image = 'registry.example.com/holdfast/workload:1'
const file = (name: string) => join(import.meta.dirname, '..', 'driver-definition', 'fixtures', `${name}.yaml`)
const definitionOf = (name: string): DriverDefinition => readDriverDefinition(file(name))

function zonal(name: string, zone: string) {
  return node(name, { metadata: { name, labels: { 'topology.ebs.csi.aws.com/zone': zone, 'topology.kubernetes.io/zone': zone } } })
}

/** A cluster whose Pods run at once. */
const running: AnsweredCluster = {
  podStatus: () => ({
    phase: 'Succeeded',
    containerStatuses: [
      { name: 'main', image, imageID: '', ready: false, restartCount: 0, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
    ],
  }),
}

async function attached(cluster: AnsweredCluster, options: Partial<ExistingOptions>) {
  await using api = await startApiServer(answersOf({ ...running, ...cluster }))
  const record = await attachExisting(
    { kubeconfig: api.kubeconfig, workloadImage: image, ...options },
    { config: {}, log: () => undefined },
  )
  const posted = api.asked.filter((each) => each.startsWith('POST ') && each.includes('class'))
  return { record, posted }
}

const rbdClass = (changes: Partial<V1StorageClass> = {}) =>
  storageClass('csi-rbd-sc', {
    ...{ metadata: { name: 'csi-rbd-sc' }, provisioner: 'rbd.csi.ceph.com', allowVolumeExpansion: true },
    ...changes,
  })
const rbdSnapshots = { metadata: { name: 'csi-rbdplugin-snapclass' }, driver: 'rbd.csi.ceph.com' }
const rbdGroups = { metadata: { name: 'csi-rbdplugin-groupsnapclass' }, driver: 'rbd.csi.ceph.com' }
const rbd: AnsweredCluster = {
  nodes: [node('one'), node('two')],
  storageClasses: [storageClass('fast'), rbdClass()],
  snapshotClasses: [rbdSnapshots],
  groupSnapshotClasses: [rbdGroups],
}

test.concurrent('existing classes are used as they are, and the definition adds what no API shows', async () => {
  const { record, posted } = await attached(rbd, { driver: definitionOf('ceph-rbd') })
  expect(posted.filter((each) => !each.includes('review'))).toEqual([])
  expect(record).toMatchObject({
    driver: 'rbd.csi.ceph.com',
    storageClass: 'csi-rbd-sc',
    snapshotClass: 'csi-rbdplugin-snapclass',
    groupSnapshotClass: 'csi-rbdplugin-groupsnapclass',
    storageClasses: {},
  })
  expect(record.features.toSorted()).toEqual(
    [
      ...['DynamicProvisioning', 'ImmediateBinding', 'VolumeExpansion', 'OnlineExpansion', 'BlockVolumes', 'ReadWriteOncePod'],
      ...['VolumeCloning', 'VolumeSnapshots', 'VolumeGroupSnapshots', 'MovableVolumes', 'MultipleNodes'],
    ].toSorted(),
  )
  expect(record.lacking).toMatchObject({
    ReadWriteMany: 'by the definition of the driver, Capabilities.RWX is false',
    VolumeAttributes: 'by the definition of the driver, VolumeAttributesClass names no class',
  })
})

test.concurrent('what classes of suites must have too is in the record', async () => {
  const secrets = { 'csi.storage.k8s.io/provisioner-secret-name': 'rbd' }
  const allowedTopologies = [{ matchLabelExpressions: [{ key: 'zone', values: ['a'] }] }]
  const of = { parameters: secrets, mountOptions: ['discard'], allowedTopologies }
  const snapshotClasses = [{ ...rbdSnapshots, parameters: { pool: 'one' } }]
  const cluster = { ...rbd, storageClasses: [rbdClass(of)], snapshotClasses }
  const { record } = await attached(cluster, { storageClass: 'csi-rbd-sc', snapshotClass: 'csi-rbdplugin-snapclass' })
  expect(record.classTemplate).toEqual({ ...of, snapshotParameters: { pool: 'one' } })
})

test.concurrent('a class that does not let volumes grow denies what the definition says', async () => {
  const fixed = { ...rbd, storageClasses: [rbdClass({ allowVolumeExpansion: false })] }
  const { record } = await attached(fixed, { driver: definitionOf('ceph-rbd') })
  expect(record.features).not.toContain('VolumeExpansion')
  expect(record.lacking?.VolumeExpansion).toBe('StorageClass csi-rbd-sc does not allow volume expansion')
})

test.concurrent('classes to be made have names of ours, and are not made yet', async () => {
  const cluster = { nodes: [zonal('one', 'a'), zonal('two', 'a')], drivers: ['ebs.csi.aws.com'], snapshotClasses: [] }
  const { record, posted } = await attached(cluster, { driver: definitionOf('aws-ebs') })
  expect(posted.filter((each) => !each.includes('review'))).toEqual([])
  expect(record.storageClass).toMatch(/^hf-class-[0-9a-f]{16}$/)
  expect(record.snapshotClass).toMatch(/^hf-class-[0-9a-f]{16}$/)
  expect(record.bindingMode).toBe('WaitForFirstConsumer')
  // Both nodes are of one zone.
  expect(record.features).toContain('MovableVolumes')
  expect(record.features).not.toContain('ImmediateBinding')
  expect(record.classTemplate).toEqual({ parameters: { type: 'gp3', encrypted: 'true' } })
  expect(record.lacking?.VolumeAttributes).toMatch(/^suites change volumes between VolumeAttributesClasses that the cluster lacks: /)
})

test.concurrent('volumes of a zone do not move between zones', async () => {
  const cluster = { nodes: [zonal('one', 'a'), zonal('two', 'b')], drivers: ['ebs.csi.aws.com'], snapshotClasses: [] }
  const { record } = await attached(cluster, { driver: definitionOf('aws-ebs') })
  expect(record.features).not.toContain('MovableVolumes')
  expect(record.lacking?.MovableVolumes).toContain('topology.ebs.csi.aws.com/zone')
})

test.concurrent('a class whose volumes stay on their node is the one for suites of such volumes', async () => {
  const { record } = await attached({ drivers: ['local.csi.openebs.io'] }, { driver: definitionOf('openebs-lvm') })
  expect(record.features).toEqual(expect.arrayContaining(['NodeLocalVolumes', 'StorageCapacity']))
  expect(record.storageClasses).toEqual({ waitForFirstConsumer: record.storageClass, nodeLocal: record.storageClass })
})

test.concurrent('named classes overrule those of the definition', async () => {
  const own = storageClass('gp2', { metadata: { name: 'gp2' }, provisioner: 'efs.csi.aws.com' })
  const snapshots = { metadata: { name: 'mine' }, driver: 'efs.csi.aws.com' }
  const options = { driver: definitionOf('aws-efs'), storageClass: 'gp2', snapshotClass: 'mine', declared: ['BlockVolumes'] as const }
  const { record } = await attached({ storageClasses: [own], snapshotClasses: [snapshots] }, options)
  expect(record).toMatchObject({ storageClass: 'gp2', snapshotClass: 'mine' })
  expect(record.features).toEqual(expect.arrayContaining(['VolumeSnapshots', 'BlockVolumes', 'ReadWriteMany']))
})

test.concurrent('a definition without a class takes the default one of its driver', async () => {
  const bare = { ...definitionOf('cephfs'), driver: 'csi.example.com', storageClass: undefined, snapshotClass: undefined }
  const { record } = await attached({}, { driver: { ...bare, groupSnapshotClass: undefined } })
  expect(record.storageClass).toBe('fast')
  expect(record.features).toContain('DynamicProvisioning')
})

test.concurrent('group snapshots are lacking where the cluster does not serve them', async () => {
  const { record } = await attached({ ...rbd, groupSnapshotClasses: undefined }, { driver: definitionOf('ceph-rbd') })
  expect(record.groupSnapshotClass).toBe('')
  expect(record.lacking?.VolumeGroupSnapshots).toBe('the cluster does not serve the API of group snapshots')
})

test.concurrent('a user who may not see classes of group snapshots has the one that the definition names', async () => {
  const { record } = await attached({ ...rbd, hidden: ['VolumeGroupSnapshotClass'] }, { driver: definitionOf('ceph-rbd') })
  expect(record.groupSnapshotClass).not.toBe('')
  expect(record.lacking?.VolumeGroupSnapshots).toBeUndefined()
})

test.concurrent.each<[string, AnsweredCluster, Partial<ExistingOptions>, string]>([
  [
    'a driver that no node has',
    { snapshotClasses: [] },
    { driver: definitionOf('hostpath') },
    `No node of the cluster has the CSI driver hostpath.csi.k8s.io of ${file('hostpath')}.`,
  ],
  ['a class that is missing', { snapshotClasses: [] }, { driver: definitionOf('ceph-rbd') }, 'The cluster has no StorageClass csi-rbd-sc.'],
  [
    'a class of another driver',
    { ...rbd, storageClasses: [storageClass('csi-rbd-sc')] },
    { driver: definitionOf('ceph-rbd') },
    `StorageClass csi-rbd-sc of StorageClass.FromExistingClassName belongs to driver csi.example.com, but ${file('ceph-rbd')} is about driver rbd.csi.ceph.com.`,
  ],
  [
    'a default class of another driver',
    {},
    { driver: definitionOf('mountpoint-s3') },
    `The default StorageClass fast belongs to driver csi.example.com, but ${file('mountpoint-s3')} is about driver s3.csi.aws.com.`,
  ],
  [
    'no snapshot API',
    { drivers: ['disk.csi.azure.com'] },
    { driver: definitionOf('azure-disk') },
    'The cluster does not serve the VolumeSnapshotClass API, and SnapshotClass.FromName asks for a class.',
  ],
  [
    'a group snapshot class that is missing',
    { ...rbd, groupSnapshotClasses: [] },
    { driver: definitionOf('ceph-rbd') },
    'VolumeGroupSnapshotClass csi-rbdplugin-groupsnapclass of GroupSnapshotClass.FromExistingClassName does not exist.',
  ],
  [
    'no right to make classes',
    {
      drivers: ['disk.csi.azure.com'],
      snapshotClasses: [],
      isAllowed: ({ resource, verb }) => !(resource?.endsWith('classes') && verb === 'create'),
    },
    { driver: definitionOf('azure-disk') },
    'The user of context test lacks rights that the suites need: create storageclasses.storage.k8s.io; create volumesnapshotclasses.snapshot.storage.k8s.io.',
  ],
])('one sentence on %s', async (...[, cluster, options, sentence]) => {
  const error: unknown = await attached(cluster, options).catch((thrown: unknown) => thrown)
  if (!(error instanceof SetupError)) throw error
  expect(error.message).toBe(sentence)
  expect(error.fix).toBeDefined()
})
