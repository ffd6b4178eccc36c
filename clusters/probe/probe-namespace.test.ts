import { expect, test } from 'vitest'
import { clusterApi } from '../api.ts'
import { type Answer, type Asked, resourcesOf, startApiServer, statusOf } from '../testing/api-server.ts'
import { list } from '../testing/cluster-answers.ts'
import { inProbeNamespace } from './probe-namespace.ts'

const kinds = { Namespace: 'namespaces', ServiceAccount: 'serviceaccounts', PersistentVolume: 'persistentvolumes' }

/** A cluster with one volume, whose class retains it, in the namespace that is made. */
function retaining({ mayPatch }: { readonly mayPatch: boolean }): (asked: Asked) => Answer {
  let namespace: string | undefined
  let policy: string | undefined = 'Retain'
  const pv = () => {
    const spec = { persistentVolumeReclaimPolicy: policy, claimRef: { namespace } }
    return { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'pv-1' }, spec }
  }
  return ({ method, path, body }) => {
    if (path === '/api/v1') return resourcesOf('v1', kinds, ['ServiceAccount'])
    if (path === '/apis/snapshot.storage.k8s.io/v1') return statusOf(404, 'not served')
    if (path.endsWith('/serviceaccounts/default'))
      return { body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } } }
    if (path === '/api/v1/persistentvolumes') return list('PersistentVolumeList', policy === undefined ? [] : [pv()])
    if (method === 'PATCH') {
      if (!mayPatch) return statusOf(403, 'no rights')
      policy = 'Delete'
      return { body: pv() }
    }
    if (method === 'POST') {
      namespace = (body as { readonly metadata: { readonly name: string } }).metadata.name
      return { status: 201, body }
    }
    if (method === 'DELETE') {
      if (policy === 'Delete') policy = undefined
      namespace = undefined
      return { body: { kind: 'Status', apiVersion: 'v1', status: 'Success' } }
    }
    return namespace === undefined
      ? statusOf(404, 'gone')
      : { body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } } }
  }
}

test('what the class of a probe retains goes with the namespace', async () => {
  await using server = await startApiServer(retaining({ mayPatch: true }))
  const log: string[] = []
  const worked = await inProbeNamespace(
    clusterApi(server.kubeconfig),
    { snapshots: false, settings: {}, log: (line) => log.push(line) },
    async () => 'done',
  )
  expect(worked).toMatchObject({ result: 'done', deleteSeconds: expect.any(Number) as number })
  expect(log).toEqual([])
})

test('a change that had no answer is sent again, and not what came before it', async () => {
  const answer = retaining({ mayPatch: true })
  let patches = 0
  await using server = await startApiServer((asked) => (asked.method === 'PATCH' && ++patches === 1 ? 'cut' : answer(asked)))
  const log: string[] = []
  const options = { snapshots: false, settings: {}, log: (line: string) => log.push(line) }
  await inProbeNamespace(clusterApi(server.kubeconfig), options, async () => 'done')
  expect(log).toEqual([])
  const first = server.asked.findIndex((each) => each.startsWith('PATCH'))
  expect(server.asked.slice(first, first + 2)).toEqual(Array(2).fill('PATCH /api/v1/persistentvolumes/pv-1'))
})

test('what may not be changed is named', async () => {
  await using server = await startApiServer(retaining({ mayPatch: false }))
  const log: string[] = []
  const worked = await inProbeNamespace(
    clusterApi(server.kubeconfig),
    { snapshots: false, settings: {}, log: (line) => log.push(line) },
    async () => 'done',
  )
  expect(worked.deleteSeconds).toBeUndefined()
  expect(log).toHaveLength(1)
  expect(log[0]).toMatch(/^What the probes made in hf-probe-\w+ may stay: PersistentVolumes that their class retains could not be changed/)
})

test('a namespace that cannot be removed is named with the command for its cluster', async () => {
  const answer = retaining({ mayPatch: true })
  await using server = await startApiServer((asked) => {
    if (asked.path === '/api/v1/persistentvolumes') return list('PersistentVolumeList', [])
    return asked.method === 'DELETE' ? statusOf(403, 'no rights') : answer(asked)
  })
  const log: string[] = []
  const options = { snapshots: false, settings: {}, log: (line: string) => log.push(line) }
  const { result: namespace } = await inProbeNamespace(clusterApi(server.kubeconfig), options, async (name) => Promise.resolve(name))
  const command = `kubectl --kubeconfig ${server.kubeconfig} --context test delete namespace`
  expect(log).toEqual([`Namespace ${namespace} could not be removed: no rights. By hand: ${command} ${namespace}`])
})

test('a probe that throws leaves no namespace', async () => {
  await using server = await startApiServer(retaining({ mayPatch: true }))
  const worked = inProbeNamespace(clusterApi(server.kubeconfig), { snapshots: false, settings: {}, log: () => undefined }, async () => {
    throw new Error('the API server is gone')
  })
  await expect(worked).rejects.toThrow('the API server is gone')
  expect(server.asked.filter((each) => each.startsWith('DELETE /api/v1/namespaces/hf-probe-'))).toHaveLength(1)
})
