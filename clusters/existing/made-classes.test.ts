import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ownerAnnotation } from '../../contract/annotations.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { runLabel } from '../../contract/labels.ts'
import { ownerText, thisOwner } from '../../contract/owner.ts'
import { readDriverDefinition } from '../driver-definition/read-definition.ts'
import { SetupError } from '../setup-error.ts'
import { type Asked, startApiServer, statusOf, type TestApiServer } from '../testing/api-server.ts'
import { type AnsweredCluster, answersOf, storageClass } from '../testing/cluster-answers.ts'
import { makeClasses } from './made-classes.ts'

const definitionOf = (name: string) =>
  readDriverDefinition(join(import.meta.dirname, '..', 'driver-definition', 'fixtures', `${name}.yaml`))

function recordOf({ kubeconfig }: TestApiServer): ClusterRecord {
  const names = { storageClass: 'hf-class-one', snapshotClass: 'hf-class-two', groupSnapshotClass: '' }
  return { kubeconfig, context: 'test', driver: 'csi.example.com', ...names } as ClusterRecord
}

/** A server, and what was created on it. */
async function started(cluster: AnsweredCluster = {}) {
  const created: Record<string, unknown>[] = []
  const answer = answersOf({ snapshotClasses: [], ...cluster })
  const api = await startApiServer((asked: Asked) => {
    if (asked.method === 'POST') created.push(asked.body as Record<string, unknown>)
    return answer(asked)
  })
  const changes = () => api.asked.filter((each) => !each.startsWith('GET ')).map((each) => each.replace('/apis/', ''))
  return { api, created, changes, [Symbol.asyncDispose]: async () => api[Symbol.asyncDispose]() }
}

const of = { runId: '20261128-1', log: () => undefined }

test('classes are made with their owner, and are gone afterwards', async () => {
  await using server = await started()
  {
    await using _ = await makeClasses(recordOf(server.api), { ...of, driver: definitionOf('gce-pd') })
    const metadata = (name: string) => ({
      name,
      labels: { [runLabel]: of.runId },
      annotations: { [ownerAnnotation]: ownerText(thisOwner()) },
    })
    expect(server.created).toEqual([
      {
        ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: metadata('hf-class-one') },
        ...{ provisioner: 'pd.csi.storage.gke.io', parameters: { type: 'pd-balanced' }, volumeBindingMode: 'WaitForFirstConsumer' },
        allowVolumeExpansion: true,
      },
      {
        ...{ apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', metadata: metadata('hf-class-two') },
        ...{ driver: 'pd.csi.storage.gke.io', deletionPolicy: 'Delete', parameters: { 'storage-locations': 'europe-west1' } },
      },
    ])
  }
  expect(server.changes()).toEqual([
    'POST storage.k8s.io/v1/storageclasses',
    'POST snapshot.storage.k8s.io/v1/volumesnapshotclasses',
    'DELETE snapshot.storage.k8s.io/v1/volumesnapshotclasses/hf-class-two',
    'DELETE storage.k8s.io/v1/storageclasses/hf-class-one',
  ])
})

test('a class with nothing but the driver and its required mount options is made from a name', async () => {
  await using server = await started()
  const named = { ...definitionOf('cephfs'), storageClass: { from: 'name', key: 'StorageClass.FromName' } as const }
  await using _ = await makeClasses(recordOf(server.api), { ...of, driver: named })
  expect(server.created).toEqual([
    expect.objectContaining({
      ...{ provisioner: 'cephfs.csi.ceph.com', volumeBindingMode: 'Immediate', allowVolumeExpansion: true, mountOptions: ['rw'] },
    }),
  ])
})

test('a class from a file is no default class', async () => {
  await using server = await started()
  await using _ = await makeClasses(recordOf(server.api), { ...of, driver: definitionOf('aws-ebs') })
  expect(JSON.stringify(server.created)).not.toContain('is-default-class')
  expect(server.created[0]).toMatchObject({ parameters: { type: 'gp3', encrypted: 'true' }, volumeBindingMode: 'WaitForFirstConsumer' })
})

test('nothing is made for classes that exist, nor without a definition', async () => {
  await using server = await started()
  const named = { driver: definitionOf('aws-ebs'), storageClass: 'a', snapshotClass: 'b' }
  for (const options of [{ driver: definitionOf('ceph-rbd') }, {}, named]) {
    await using _ = await makeClasses(recordOf(server.api), { ...of, ...options })
  }
  expect(server.changes()).toEqual([])
})

test('a class that is refused is told, and nothing is deleted', async () => {
  await using server = await started({ refusesClasses: 'admission webhook "policy.example.com" denied the request' })
  const made = makeClasses(recordOf(server.api), { ...of, driver: definitionOf('aws-ebs') })
  await expect(made).rejects.toThrow(SetupError)
  await expect(made).rejects.toThrow(
    'The cluster refuses the StorageClass that the driver definition asks for: admission webhook "policy.example.com" denied the request.',
  )
  expect(server.changes().filter((each) => each.startsWith('DELETE'))).toEqual([])
})

function left(name: string, owner: string) {
  return storageClass(name, { metadata: { name, labels: { [runLabel]: 'x' }, annotations: { [ownerAnnotation]: owner } } })
}

const byHand = ({ kubeconfig }: TestApiServer, name: string) =>
  `kubectl --kubeconfig ${kubeconfig} --context test delete storageclass ${name}`

test('the classes of a dead run are deleted, and those of others are not', async () => {
  const dead = ownerText({ ...thisOwner(), startTicks: '1' })
  const elsewhere = ownerText({ ...thisOwner(), boot: 'abc', host: 'def' })
  const unlabelled = storageClass('theirs', { metadata: { name: 'theirs', annotations: { [ownerAnnotation]: dead } } })
  const classes = [
    left('dead', dead),
    left('alive', ownerText(thisOwner())),
    left('elsewhere', elsewhere),
    unlabelled,
    storageClass('fast'),
  ]
  await using server = await started({ storageClasses: classes })
  const lines: string[] = []
  await using _ = await makeClasses(recordOf(server.api), { runId: of.runId, log: (line) => lines.push(line) })
  expect(server.changes()).toEqual(['DELETE storage.k8s.io/v1/storageclasses/dead'])
  expect(lines).toEqual([
    'A run that was killed left StorageClass dead: deleting it.',
    expect.stringMatching(/^StorageClass elsewhere belongs to .* If it is not: kubectl /),
  ])
  expect(lines[1]).toContain(`: ${byHand(server.api, 'elsewhere')}`)
})

test('a class that cannot be deleted is named with the command for its cluster', async () => {
  const dead = left('dead', ownerText({ ...thisOwner(), startTicks: '1' }))
  const answer = answersOf({ snapshotClasses: [], storageClasses: [dead] })
  await using api = await startApiServer((asked) => (asked.method === 'DELETE' ? statusOf(403, 'no rights') : answer(asked)))
  const lines: string[] = []
  const driver = { ...definitionOf('cephfs'), storageClass: { from: 'name', key: 'StorageClass.FromName' } as const }
  const made = await makeClasses(recordOf(api), { ...of, driver, log: (line) => lines.push(line) })
  expect(lines[1]).toBe(`StorageClass dead could not be deleted: no rights. By hand: ${byHand(api, 'dead')}`)
  await expect(made[Symbol.asyncDispose]()).rejects.toThrow(`no rights. By hand: ${byHand(api, 'hf-class-one')}`)
})

test('classes are deleted by a server that is busy for a moment', async () => {
  const answer = answersOf({ snapshotClasses: [] })
  const late = new Set(['DELETE', 'GET'])
  const isOfClass = ({ path }: Asked) => path.endsWith('/hf-class-one')
  await using api = await startApiServer((asked) => {
    return isOfClass(asked) && late.delete(asked.method) ? statusOf(500, 'etcdserver: request timed out') : answer(asked)
  })
  await (await makeClasses(recordOf(api), { ...of, driver: definitionOf('aws-ebs') }))[Symbol.asyncDispose]()
  expect(late.size).toBe(0)
  expect(api.asked.filter((each) => each === 'DELETE /apis/storage.k8s.io/v1/storageclasses/hf-class-one')).toHaveLength(2)
})

test('what cannot be listed stops no run, and is told', async () => {
  const answer = answersOf({ snapshotClasses: [] })
  await using api = await startApiServer((asked) =>
    asked.method === 'GET' && asked.path.endsWith('/storageclasses') ? { status: 500, body: { message: 'etcd is away' } } : answer(asked),
  )
  const said: string[] = []
  await using _ = await makeClasses(recordOf(api), { ...of, log: (line) => said.push(line) })
  expect(said).toEqual(['Whether a run that was killed left a StorageClass could not be read: etcd is away.'])
})
