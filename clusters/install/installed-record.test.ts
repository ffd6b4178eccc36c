import { expect, test } from 'vitest'
import type { ClusterRecord, ImageRecord } from '../../contract/cluster-record.ts'
import { installedRecord, type InstalledParts } from './installed-record.ts'

const bare: ClusterRecord = {
  ...{ schemaVersion: 1, name: 'holdfast-a', profile: 'default', createdAt: '2026-11-28T00:00:00.000Z', kubeconfig: '/a/kubeconfig' },
  ...{ context: 'kind-holdfast-a', driver: 'csi-hostpath.holdfast.dev', storageClass: 'holdfast', snapshotClass: 'holdfast' },
  ...{ groupSnapshotClass: 'holdfast', workloadImage: 'holdfast.local/workload:1', callLogDirectory: '/a/volumes/calls' },
  versions: { kubernetes: 'v1.36.3', 'csi-provisioner': 'v6.3.0', 'snapshot-controller': 'v8.6.0' },
  nodes: [{ name: 'holdfast-a-worker', role: 'worker', zone: 'zone-a', container: 'holdfast-a-worker', address: '172.18.0.3' }],
  features: ['DynamicProvisioning', 'PowerCut', 'ComponentControl'],
  ...{ storageClasses: { ext4: 'holdfast-ext4' }, volumeAttributesClasses: ['holdfast-read-ahead-256'] },
  ...{ faultyStorageClasses: { 'restore-empty': 'holdfast-restore-empty' }, faultySnapshotClasses: {}, faultyGroupSnapshotClasses: {} },
  images: [
    image('workload', 'holdfast.local/workload:1'),
    image('csi-hostpath', 'holdfast.local/csi-hostpath:1'),
    image('snapshot-controller', 'sc:1'),
  ],
}

const seen: ClusterRecord = {
  ...bare,
  ...{
    name: 'kind-holdfast-a',
    profile: 'existing',
    driver: 'csi.example.com',
    storageClass: 'hf-class-1',
    bindingMode: 'WaitForFirstConsumer',
  },
  ...{ snapshotClass: '', groupSnapshotClass: '', storageClasses: { waitForFirstConsumer: 'hf-class-1' }, volumeAttributesClasses: [] },
  classTemplate: { parameters: { pool: 'one' } },
  nodes: bare.nodes.map((node) => ({ ...node, container: '' })),
  features: ['DynamicProvisioning', 'BlockVolumes'],
  lacking: { NodeScheduling: 'no nodes were named with --disruptive-nodes', VolumeSnapshots: 'no class' },
  platform: {
    evidence: [
      { feature: 'BlockVolumes', isThere: true, by: 'probe', seen: 'a Pod became Ready' },
      { feature: 'NodeScheduling', isThere: false, by: 'api', seen: 'no nodes were named with --disruptive-nodes' },
    ],
    times: {},
  },
}

function image(name: string, reference: string): ImageRecord {
  return { name, reference, from: 'present' }
}

const file = (path: string) => ({ path, sha256: 'a'.repeat(64) })
const subject = {
  name: 'csi.example.com',
  definition: file('definition.yaml'),
  files: [file('driver.yaml')],
  archives: [],
  namespaces: ['storage'],
}
const parts: InstalledParts = {
  ...{ own: bare, seen, subject, brought: { snapshotController: false }, hasDefaultClass: false },
  images: [image('driver', 'example.com/driver:v1.2.3'), image('csi-provisioner', 'registry.k8s.io/sig-storage/csi-provisioner:v5.0.0')],
}

test('the cluster is ours, and its driver is what was seen of it', () => {
  const record = installedRecord(parts)
  expect(record).toMatchObject({
    ...{
      name: 'holdfast-a',
      profile: 'driver',
      driver: 'csi.example.com',
      storageClass: 'hf-class-1',
      bindingMode: 'WaitForFirstConsumer',
    },
    ...{ snapshotClass: '', groupSnapshotClass: '', callLogDirectory: null, workloadImage: 'holdfast.local/workload:1' },
    nodes: bare.nodes,
    classTemplate: { parameters: { pool: 'one' } },
    subject: { ...subject, version: 'v1.2.3' },
    versions: { kubernetes: 'v1.36.3', 'snapshot-controller': 'v8.6.0', driver: 'v1.2.3', 'csi-provisioner': 'v5.0.0' },
  })
  expect(record.storageClasses).toEqual({ waitForFirstConsumer: 'hf-class-1' })
  expect([record.volumeAttributesClasses, record.faultyStorageClasses]).toEqual([[], {}])
  expect(record.images.map(({ name }) => name)).toEqual(['workload', 'snapshot-controller', 'driver', 'csi-provisioner'])
})

test('what the cluster has for being ours is there, and what only our driver has is not', () => {
  const { features, lacking, platform } = installedRecord(parts)
  expect(features).toEqual(['DynamicProvisioning', 'BlockVolumes', 'NodeScheduling', 'NodeControl', 'DefaultStorageClassFree'])
  expect(platform?.evidence?.filter(({ feature }) => feature === 'NodeScheduling')).toEqual([
    { feature: 'NodeScheduling', isThere: true, by: 'api', seen: 'Holdfast created the cluster' },
  ])
  expect(Object.keys(lacking ?? {}).toSorted()).toEqual([
    'ComponentControl',
    'DriverCallLog',
    'DriverFaults',
    'PowerCut',
    'VolumeSnapshots',
  ])
})

test('a default class and a snapshot controller of the manifests count', () => {
  const images = [...parts.images, image('snapshot-controller', 'example.com/snapshot-controller:v7')]
  const record = installedRecord({ ...parts, images, brought: { snapshotController: true }, hasDefaultClass: true })
  expect(record.features).not.toContain('DefaultStorageClassFree')
  expect(record.lacking?.DefaultStorageClassFree).toBe('a StorageClass of the manifests is the default one')
  expect(record.versions['snapshot-controller']).toBe('v7')
  expect(record.images.filter(({ name }) => name === 'snapshot-controller')).toEqual([images[2]])
})
