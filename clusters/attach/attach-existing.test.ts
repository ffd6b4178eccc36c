import type { V1Pod, V1ResourceAttributes } from '@kubernetes/client-node'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { grantable, rightsOf, rightText, ruleOf, rulesOf, ruleText } from '../../contract/rights.ts'
import { rightsOfRequest } from '../../contract/rights-of-request.ts'
import { attachExisting, type ExistingOptions, inspectExisting } from './attach-existing.ts'
import { readDriverDefinition } from '../driver-definition/read-definition.ts'
import { rightsOfItsOwn } from '../existing/own-rights.ts'
import { SetupError } from '../setup-error.ts'
import { startApiServer, type TestApiServer } from '../testing/api-server.ts'
import { type AnsweredCluster, answersOf, node, storageClass } from '../testing/cluster-answers.ts'

const image = 'registry.example.com/holdfast/workload:1'
const digest = `sha256:${'a'.repeat(64)}`

function ran(): V1Pod['status'] {
  const container = { name: 'main', image, imageID: `registry.example.com/holdfast/workload@${digest}`, ready: false, restartCount: 0 }
  return { phase: 'Succeeded', containerStatuses: [{ ...container, state: { terminated: { exitCode: 0, reason: 'Completed' } } }] }
}

function waits(reason: string, message: string): (pod: V1Pod) => V1Pod['status'] {
  const container = { name: 'main', image, imageID: '', ready: false, restartCount: 0 }
  return () => ({ phase: 'Pending', containerStatuses: [{ ...container, state: { waiting: { reason, message } } }] })
}

function ended(message: string): (pod: V1Pod) => V1Pod['status'] {
  const container = { name: 'main', image, imageID: '', ready: false, restartCount: 0 }
  return () => ({
    phase: 'Failed',
    containerStatuses: [{ ...container, state: { terminated: { exitCode: 1, reason: 'Error', message } } }],
  })
}

const rightsFor = () => [ruleOf('cluster persistentvolumes: get list'), ruleOf('own pods/exec: create get')]

async function attach(api: TestApiServer, options: Partial<ExistingOptions> = {}) {
  return attachExisting({ kubeconfig: api.kubeconfig, workloadImage: image, ...options }, { config: {}, log: () => undefined, rightsFor })
}

test.concurrent('a cluster is described by what its API shows, and its namespace is gone', async () => {
  const nodes = [node('one'), node('two'), node('three', { spec: { unschedulable: true } })]
  await using api = await startApiServer(answersOf({ nodes, podStatus: ran }))
  const record = await attach(api)
  expect(record).toMatchObject({
    versions: { kubernetes: 'v1.36.3', kubelet: 'v1.35.1' },
    driver: 'csi.example.com',
    storageClass: 'fast',
    bindingMode: 'Immediate',
    features: ['DynamicProvisioning', 'MultipleNodes', 'ImmediateBinding', 'MountOptions'],
    workloadImage: image,
    images: [{ name: 'workload', reference: image, digest, from: 'named' }],
  })
  const changes = api.asked
    .filter((each) => /^(POST|DELETE) .*\/(namespaces|pods|persistentvolumeclaims)/.test(each))
    .map((each) => each.replace(/(preflight|probe)-\w+/, '$1'))
  const [made, pods] = ['POST /api/v1/namespaces', 'POST /api/v1/namespaces/hf-preflight/pods']
  expect(changes).toEqual([
    ...[made, pods, pods, 'DELETE /api/v1/namespaces/hf-preflight'],
    ...[made, 'POST /api/v1/namespaces/hf-probe/persistentvolumeclaims', 'DELETE /api/v1/namespaces/hf-probe'],
  ])
})

test.concurrent('what a probe does not show is declared, and what is missing has a reason', async () => {
  const waiting = storageClass('slow', { volumeBindingMode: 'WaitForFirstConsumer', allowVolumeExpansion: true })
  await using api = await startApiServer(answersOf({ storageClasses: [waiting], podStatus: ran }))
  const record = await attach(api, { declared: ['BlockVolumes'] })
  expect(record.bindingMode).toBe('WaitForFirstConsumer')
  expect(record.features).toEqual(['DynamicProvisioning', 'VolumeExpansion', 'MountOptions', 'BlockVolumes'])
  expect(record.platform?.evidence).toContainEqual({
    feature: 'BlockVolumes',
    isThere: true,
    by: '--declare',
    seen: 'named with --declare, although nothing could be probed: the API server refused it: no driver',
  })
  expect(record.lacking).toMatchObject({
    ImmediateBinding: 'StorageClass slow waits for the first consumer',
    OnlineExpansion: 'nothing could be probed: the API server refused it: no driver',
    VolumeSnapshots: 'the cluster does not serve the VolumeSnapshotClass API',
    MultipleNodes: 'only one node accepts Pods',
  })
})

const ofDriver = { metadata: { name: 'ours' }, driver: 'csi.example.com' }
const ofOther = { metadata: { name: 'theirs' }, driver: 'other.example.com' }
const tainted = node('one', { spec: { taints: [{ key: 'dedicated', effect: 'NoSchedule' }] } })

test.concurrent.each<[string, AnsweredCluster, Partial<ExistingOptions>, string]>([
  [
    'missing rights',
    { isAllowed: ({ resource, verb }) => resource !== 'persistentvolumes' && !(resource === 'namespaces' && verb === 'create') },
    {},
    'The user of context test lacks rights that the suites need: create namespaces; get, list persistentvolumes.',
  ],
  [
    'a user without credentials',
    { anonymous: true },
    {},
    'The API server at SERVER treats context test as anonymous: its user has no credentials.',
  ],
  [
    'namespaces that are refused',
    { refusesNamespaces: 'failed calling webhook "policy.example.com": connection refused' },
    {},
    'The cluster at SERVER could not be checked: failed calling webhook "policy.example.com": connection refused.',
  ],
  ['no StorageClass', { storageClasses: [] }, {}, 'The cluster has no StorageClass.'],
  [
    'no default StorageClass',
    { storageClasses: [storageClass('fast', { metadata: { name: 'fast' } })] },
    {},
    'The cluster has no default StorageClass.',
  ],
  ['an unknown StorageClass', {}, { storageClass: 'slow' }, 'The cluster has no StorageClass slow.'],
  ['no snapshot API', {}, { snapshotClass: 'ours' }, 'The cluster does not serve the VolumeSnapshotClass API.'],
  [
    'an unknown VolumeSnapshotClass',
    { snapshotClasses: [ofDriver] },
    { snapshotClass: 'mine' },
    'The cluster has no VolumeSnapshotClass mine.',
  ],
  [
    'a VolumeSnapshotClass of another driver',
    { snapshotClasses: [ofDriver, ofOther] },
    { snapshotClass: 'theirs' },
    'VolumeSnapshotClass theirs belongs to driver other.example.com, but the StorageClass belongs to driver csi.example.com.',
  ],
  [
    'no nodes that take Pods',
    { nodes: [tainted] },
    {},
    'No node of the cluster accepts the Pods of the suites: one has the taint dedicated:NoSchedule.',
  ],
  [
    'Pod Security',
    { refusesPods: 'pods "node-0" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true' },
    {},
    'The cluster refuses the Pods of the suites: pods "node-0" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true.',
  ],
  [
    'an image that cannot be pulled',
    { podStatus: waits('ErrImagePull', 'failed to pull and unpack image: not found') },
    {},
    `Node one cannot pull ${image} (ErrImagePull): failed to pull and unpack image: not found.`,
  ],
  [
    'an image that is none',
    { podStatus: waits('InvalidImageName', 'couldn\'t parse image name "x:y:z"') },
    {},
    `Node one cannot pull ${image} (InvalidImageName): couldn't parse image name "x:y:z".`,
  ],
  [
    'a container that cannot be made',
    { podStatus: waits('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root') },
    {},
    `Suites cannot run in ${image} on node one: CreateContainerConfigError: container has runAsNonRoot and image will run as root.`,
  ],
  ['another image', { podStatus: ended('it has no Node.js\n') }, {}, `Suites cannot run in ${image} on node one: it has no Node.js.`],
])('one sentence on %s, and no namespace stays', async (...[, cluster, options, sentence]) => {
  await using api = await startApiServer(answersOf(cluster))
  const error: unknown = await attach(api, options).catch((thrown: unknown) => thrown)
  if (!(error instanceof SetupError)) throw error
  expect(error.message.replace(api.server, 'SERVER')).toBe(sentence)
  expect(error.fix).toBeDefined()
  const refused = cluster.refusesNamespaces !== undefined
  const count = (method: string) =>
    api.asked.filter((each) => each.startsWith(`${method} /api/v1/namespaces`) && !each.includes('/pods')).length
  expect(count('DELETE')).toBe(refused ? 0 : count('POST'))
})

test.concurrent('a driver that must make a volume and makes none is told before anything runs', async () => {
  await using api = await startApiServer(answersOf({ podStatus: ran }))
  await expect(attach(api, { mustProvision: true })).rejects.toThrow(
    'StorageClass fast makes no volume: the API server refused it: no driver.',
  )
})

test.concurrent('a cluster that is not on this machine needs an image in a registry', async () => {
  await using api = await startApiServer(answersOf({ podStatus: ran }))
  const attached = attachExisting({ kubeconfig: api.kubeconfig }, { config: {}, log: () => undefined })
  await expect(attached).rejects.toThrow(/cannot pull the workload image: holdfast\.local\/workload:\S+ is in no registry\.$/)
  expect(api.asked.some((each) => each.startsWith('POST /api/v1/namespaces'))).toBe(false)
})

const ofGroups = readDriverDefinition(join(import.meta.dirname, '..', 'driver-definition', 'fixtures', 'ceph-rbd.yaml'))

test.each<[string, Partial<ExistingOptions>]>([
  ['named classes', { snapshotClass: 'ours' }],
  ['a definition', { storageClass: 'fast', snapshotClass: 'ours', driver: { ...ofGroups, driver: 'csi.example.com' } }],
])('what is asked of the cluster takes no right that is not named, with %s', async (_with, options) => {
  const driver = 'csi.example.com'
  const groupSnapshotClasses = [{ metadata: { name: 'csi-rbdplugin-groupsnapclass' }, driver }]
  const snapshotClasses = [{ metadata: { name: 'ours' }, driver }]
  await using api = await startApiServer(answersOf({ snapshotClasses, groupSnapshotClasses, podStatus: ran }))
  await attach(api, options)
  const taken = api.asked.flatMap((each) => {
    const [method = '', path = ''] = each.split(' ')
    return rightsOfRequest({ method, path })
  })
  const named = new Set(rightsOf(grantable(rightsOfItsOwn({ snapshots: true, program: false }))).map(rightText))
  const unnamed = rightsOf(grantable(rulesOf(taken)))
    .map(rightText)
    .filter((one) => !named.has(one))
  expect(taken.length).toBeGreaterThan(5)
  expect(unnamed).toEqual([])
})

test('each right of the guarantees that the features allow is asked for, and a missing one is told before anything is made', async () => {
  const asked: V1ResourceAttributes[] = []
  const isAllowed = (right: V1ResourceAttributes) => {
    asked.push(right)
    return right.subresource !== 'scale'
  }
  await using api = await startApiServer(answersOf({ isAllowed }))
  const seen: (readonly string[])[] = []
  const context = {
    ...{ config: {}, log: () => undefined, grant: './holdfast rbac statefulset' },
    rightsFor(features: readonly string[]) {
      seen.push(features)
      return ['own statefulsets.apps/scale: get patch', 'namespace/velero backups.velero.io: create'].map(ruleOf)
    },
  }
  await expect(attachExisting({ kubeconfig: api.kubeconfig, workloadImage: image }, context)).rejects.toMatchObject({
    message: 'The user of context test lacks rights that the suites need: get, patch statefulsets.apps/scale.',
    fix: 'Have an administrator of the cluster apply what "./holdfast rbac statefulset" prints, or use another context.',
  })
  expect(seen).toEqual([['DynamicProvisioning', 'ImmediateBinding', 'MountOptions']])
  expect(asked).toContainEqual({ verb: 'create', group: 'velero.io', resource: 'backups', namespace: 'velero' })
  expect(api.asked.filter((each) => !each.startsWith('GET') && !each.includes('selfsubjectaccessreviews'))).toEqual([])
})

test('a cluster is inspected without making anything', async () => {
  await using api = await startApiServer(answersOf({ nodes: [node('one'), node('two')] }))
  const found = await inspectExisting({ kubeconfig: api.kubeconfig, workloadImage: image }, { config: {}, log: () => undefined, rightsFor })
  expect(found).toMatchObject({
    nodesToProbe: ['one', 'two'],
    images: [{ name: 'workload', reference: image, from: 'named' }],
    record: { storageClass: 'fast' },
  })
  expect(found.rights.map(ruleText)).toContain('own pods/exec: create get')
  expect(api.asked.filter((each) => !each.startsWith('GET') && !each.includes('selfsubjectaccessreviews'))).toEqual([])
})
