import { expect, test } from 'vitest'
import { readInstallation } from '../../clusters/install/installation.ts'
import { writtenFiles } from '../../clusters/testing/written-files.ts'
import { withDriver } from './driver-cluster.ts'
import type { SeenCluster } from './seen-cluster.ts'

const files = writtenFiles('driver.yaml')
const definition = `StorageClass: {FromName: true}
DriverInfo: {Name: csi.example.com, Capabilities: {persistence: true, block: true, RWX: false}}
`
const manifests = `apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: {name: csi.example.com}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: node, namespace: storage}
spec: {template: {spec: {containers: [{name: driver, image: 'example.com/driver:v1'}]}}}
`

test('a dry run tells what would be installed and what the definition comes to', async () => {
  const request = {
    driver: files.write(definition),
    install: [files.write(manifests, 'all.yaml')],
    imageArchives: [],
    undeclared: ['BlockVolumes'] as const,
  }
  const installation = await readInstallation(request, { config: {}, log: () => undefined, mayBuild: false })
  const seen: SeenCluster = { cluster: { name: 'new', profile: 'default' }, features: [], images: [], before: ['kind cluster'] }
  const found = withDriver(seen, installation)
  const path = installation.from.files[0]?.path ?? ''
  expect(found.cluster).toEqual({
    ...{ name: 'new', profile: 'driver', driver: `csi.example.com, by ${installation.definition.file}`, 'installed from': path },
  })
  expect(found.images).toEqual([
    { name: 'driver', reference: 'example.com/driver:v1', from: 'its registry: the nodes pull it, unless they have it' },
  ])
  expect(found.before).toEqual([
    'kind cluster',
    `3 objects of ${path}, and the classes that the definition asks for`,
    'Namespace storage is made, because no manifest makes it.',
    expect.stringContaining('hf-probe-'),
  ])
  const how = Object.fromEntries(found.features.map(({ feature, offered, how: why }) => [feature, [offered, why]]))
  expect(how).toMatchObject({
    DynamicProvisioning: [true, 'by the definition of the driver, StorageClass.FromName names a class'],
    ImmediateBinding: [true, 'by the definition of the driver, the class of StorageClass.FromName binds Immediate'],
    BlockVolumes: [false, 'named with --undeclare'],
    ReadWriteMany: [false, 'by the definition of the driver, Capabilities.RWX is false'],
    NodeControl: [true, 'Holdfast creates the cluster'],
    EnforcedCapacity: [false, 'a dry run installs nothing'],
    DriverFaults: [false, 'only the CSI driver that Holdfast brings breaks rules on request'],
    Velero: [false, 'clusters of the profile driver lack it'],
  })
})
