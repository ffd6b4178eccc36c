import { expect, test } from 'vitest'
import { readDriverDefinition } from '../driver-definition/read-definition.ts'
import { writtenFiles } from '../testing/written-files.ts'
import type { Manifest, PlacedManifest } from './manifest.ts'
import { titleOf } from './manifest.ts'
import { type InstallInput, planInstall } from './install-plan.ts'

const files = writtenFiles('driver.yaml')
const driver = 'csi.example.com'

function definition(text = 'StorageClass: {FromName: true}\n') {
  return readDriverDefinition(files.write(`${text}DriverInfo: {Name: ${driver}, Capabilities: {persistence: true}}\n`))
}

const registered: Manifest = { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: driver } }
const namespace: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'storage' } }

function object(apiVersion: string, kind: string, changes: object = {}): Manifest {
  return { apiVersion, kind, metadata: { name: kind.toLowerCase(), namespace: 'storage' }, ...changes }
}

function workload(kind: string, ...containers: readonly object[]): Manifest {
  return object('apps/v1', kind, { spec: { template: { spec: { containers } } } })
}

function placed(manifests: readonly Manifest[]): readonly PlacedManifest[] {
  return manifests.map((manifest, index) => ({ manifest, place: `all.yaml, document ${index + 1}` }))
}

function plan(manifests: readonly Manifest[], changes: Partial<InstallInput> = {}) {
  const cluster = { kubernetes: 'v1.36.3', switchesApisOn: false }
  return planInstall({ manifests: placed(manifests), definition: definition(), archives: [], cluster, ...changes })
}

test('objects are applied in an order in which they can be', () => {
  const cluster = (apiVersion: string, kind: string): Manifest => ({ apiVersion, kind, metadata: { name: kind.toLowerCase() } })
  const { stages } = plan([
    cluster('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'),
    workload('DaemonSet'),
    object('v1', 'ConfigMap'),
    cluster('rbac.authorization.k8s.io/v1', 'ClusterRole'),
    cluster('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
    object('v1', 'ServiceAccount'),
    registered,
    namespace,
  ])
  expect(stages.map(({ name, manifests }) => [name, manifests.map(({ manifest }) => manifest.kind)])).toEqual([
    ['namespaces', ['Namespace']],
    ['definitions', ['CustomResourceDefinition']],
    ['access', ['ClusterRole', 'ServiceAccount']],
    ['settings', ['ConfigMap', 'CSIDriver']],
    ['workloads', ['DaemonSet']],
    ['webhooks', ['ValidatingWebhookConfiguration']],
  ])
})

test('what is waited for, and which images come from where', () => {
  const containers = [
    { name: 'driver', image: 'example.com/driver:v1' },
    { name: 'provisioner', image: 'registry.k8s.io/sig-storage/csi-provisioner:v6.3.0' },
  ]
  const archives = [{ path: 'driver.tar', sha256: '', references: ['example.com/driver:v1'] }]
  const { workloads, namespaces, images, notes } = plan(
    [namespace, registered, workload('Deployment', ...containers), workload('DaemonSet', ...containers)],
    {
      archives,
    },
  )
  expect(workloads.map(titled)).toEqual(['Deployment storage/deployment', 'DaemonSet storage/daemonset'])
  expect(namespaces).toEqual(['storage'])
  expect(images).toEqual([
    { reference: 'example.com/driver:v1', archive: 'driver.tar' },
    { reference: 'registry.k8s.io/sig-storage/csi-provisioner:v6.3.0', archive: undefined },
  ])
  expect(notes).toEqual(['No archive holds registry.k8s.io/sig-storage/csi-provisioner:v6.3.0: the nodes pull what they do not have.'])
})

function titled({ kind, namespace: where, name }: { readonly kind: string; readonly namespace: string; readonly name: string }): string {
  return titleOf({ kind, metadata: { name, namespace: where } })
}

test('what the manifests bring of the snapshot API takes the place of ours, and is told', () => {
  const name = 'volumesnapshots.snapshot.storage.k8s.io'
  const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name } }
  const controller = workload('Deployment', { name: 'main', image: 'registry.k8s.io/sig-storage/snapshot-controller:v8.2.0' })
  const { definitions, snapshotController, notes } = plan([namespace, registered, crd, controller])
  expect({ definitions, snapshotController }).toEqual({ definitions: [name], snapshotController: true })
  expect(notes).toEqual([
    `CustomResourceDefinition ${name} is that of the manifests, not that of Holdfast.`,
    'The snapshot controller is that of the manifests, not that of Holdfast.',
  ])
})

test('what Helm prints is made whole: a namespace is added, and what it applies at another time is left out', () => {
  const hook = (name: string, when: string) =>
    object('batch/v1', 'Job', { metadata: { name, namespace: 'storage', annotations: { 'helm.sh/hook': when } } })
  const { stages, notes } = plan([
    registered,
    object('v1', 'ServiceAccount'),
    hook('check', 'test'),
    hook('prepare', 'pre-install,pre-upgrade'),
  ])
  expect(stages.flatMap(({ manifests }) => manifests.map(({ manifest }) => titleOf(manifest)))).toEqual([
    'Namespace storage',
    'ServiceAccount storage/serviceaccount',
    `CSIDriver ${driver}`,
    'Job storage/prepare',
  ])
  expect(notes).toEqual([
    'Job storage/check is left out: it is a hook of Helm (test).',
    'Namespace storage is made, because no manifest makes it.',
  ])
})

test('an object that is written twice alike counts once', () => {
  expect(plan([registered, workload('DaemonSet'), namespace, structuredClone(namespace)]).stages[0]?.manifests).toHaveLength(1)
})

test('an archive without an image that a manifest names is told', () => {
  const archives = [{ path: 'other.tar', sha256: '', references: ['docker.io/library/other:v1'] }]
  expect(plan([registered, namespace, workload('DaemonSet')], { archives }).notes).toEqual([
    'No manifest names an image of other.tar, which holds docker.io/library/other:v1.',
  ])
})

const holdsDriver = [{ path: 'driver.tar', sha256: '', references: ['docker.io/library/driver:latest'] }]
const withoutClass = 'SnapshotClass: {FromName: true}\n'

test.each<[string, readonly Manifest[], Partial<InstallInput> & { readonly text?: string }, string]>([
  ['no object', [], {}, 'What --install names holds no object.'],
  [
    'nothing but hooks of Helm',
    [object('v1', 'Pod', { metadata: { name: 'x', annotations: { 'helm.sh/hook': 'test' } } })],
    {},
    'What --install names holds no object.',
  ],
  [
    'two objects of one name',
    [registered, object('v1', 'ConfigMap', { data: { a: '1' } }), object('v1', 'ConfigMap', { data: { a: '2' } })],
    {},
    'ConfigMap storage/configmap is written in all.yaml, document 2 and, differently, in all.yaml, document 3.',
  ],
  [
    'the namespace of Holdfast',
    [registered, object('v1', 'ConfigMap', { metadata: { name: 'x', namespace: 'holdfast-system' } })],
    {},
    "ConfigMap holdfast-system/x of all.yaml, document 2 uses namespace holdfast-system, which is Holdfast's own.",
  ],
  [
    'a kind that is not served',
    [registered, object('monitoring.coreos.com/v1', 'ServiceMonitor')],
    {},
    'no CustomResourceDefinition of the manifests defines ServiceMonitor of monitoring.coreos.com/v1.',
  ],
  ['no CSIDriver', [namespace], {}, 'No manifest registers the driver csi.example.com of FILE: they hold no CSIDriver.'],
  [
    'another CSIDriver',
    [{ ...registered, metadata: { name: 'csi.exmaple.com' } }],
    {},
    'No manifest registers the driver csi.example.com of FILE: they register csi.exmaple.com. Did you mean csi.exmaple.com?',
  ],
  [
    'a class that is nowhere',
    [registered],
    { text: withoutClass },
    'Driver definition FILE names no StorageClass, and no manifest holds a default one of driver csi.example.com.',
  ],
  ['a driver that nothing runs', [registered], {}, 'No object of the manifests has Pods, so nothing would run the driver csi.example.com.'],
  [
    'an archive that has the image of a manifest under another name',
    [registered, workload('DaemonSet', { name: 'driver', image: 'example.com/driver:v1' })],
    { archives: holdsDriver },
    'DaemonSet storage/daemonset, container driver, runs example.com/driver:v1, but driver.tar holds docker.io/library/driver:latest.',
  ],
  [
    'an image of an archive that is pulled each time',
    [registered, workload('DaemonSet', { name: 'driver', image: 'driver' })],
    { archives: holdsDriver },
    'DaemonSet storage/daemonset, container driver, pulls driver each time, although driver.tar holds it.',
  ],
])('%s is refused in one sentence', (...[, manifests, { text, ...changes }, sentence]) => {
  const read = definition(text)
  expect(() => plan(manifests, { definition: read, ...changes })).toThrow(sentence.replace('FILE', read.file))
})

test('a default class of the driver, or one that was named, is enough', () => {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' }
  const own = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast', annotations }, provisioner: driver }
  const read = definition(withoutClass)
  const objects = [registered, workload('DaemonSet')]
  expect(plan([...objects, own], { definition: read }).workloads).toHaveLength(1)
  expect(() => plan([...objects, { ...own, provisioner: 'other' }], { definition: read })).toThrow('names no StorageClass')
  expect(plan(objects, { definition: read, storageClass: 'fast' }).workloads).toHaveLength(1)
})
