import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { clusterApi } from '../api.ts'
import { SetupError } from '../setup-error.ts'
import { type Answer, type Asked, resourcesOf, startApiServer, statusOf } from '../testing/api-server.ts'
import { lookAtShards, otherPodsOfShard } from './look-at-shards.ts'
import { makeObjects } from './make-objects.ts'
import { removeRun } from './remove-run.ts'
import { writeKubeconfigOfPod } from './service-account.ts'
import { readStoredRun } from './stored-run.ts'

const runId = '20261130-063317-ab12'
const namespace = `holdfast-${runId}`
const label = { 'holdfast.dev/run': runId }

const served: Readonly<Record<string, Answer>> = {
  '/api/v1': resourcesOf('v1', { Namespace: 'namespaces', Pod: 'pods', ConfigMap: 'configmaps', Event: 'events' }, [
    ...['Pod', 'ConfigMap', 'Event'],
  ]),
  '/apis/batch/v1': resourcesOf('batch/v1', { Job: 'jobs' }, ['Job']),
  '/apis/storage.k8s.io/v1': resourcesOf('storage.k8s.io/v1', { StorageClass: 'storageclasses' }),
  '/apis/rbac.authorization.k8s.io/v1': resourcesOf(
    'rbac.authorization.k8s.io/v1',
    { ClusterRole: 'clusterroles', ClusterRoleBinding: 'clusterrolebindings', Role: 'roles', RoleBinding: 'rolebindings' },
    ['Role', 'RoleBinding'],
  ),
}

const plurals: readonly string[] = [
  ...['namespaces', 'pods', 'configmaps', 'events', 'jobs', 'storageclasses'],
  ...['clusterroles', 'clusterrolebindings', 'roles', 'rolebindings'],
]

interface Stored {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> }
}

/** An API server that keeps objects by their paths, and lists them in one namespace or in all. */
async function keeping(objects: Readonly<Record<string, object>>, refuse?: (asked: Asked) => Answer) {
  const kept = new Map(Object.entries(objects)) as Map<string, Stored>
  const answer = (asked: Asked): Answer => {
    const { method, path, body, query } = asked
    const refusal = refuse?.(asked)
    if (refusal !== undefined) return refusal
    if (served[path] !== undefined) return served[path]
    if (method === 'POST') {
      const object = body as Stored
      kept.set(`${path}/${object.metadata.name}`, object)
      return { status: 201, body: object }
    }
    const found = kept.get(path)
    if (method === 'DELETE') kept.delete(path)
    if (found !== undefined) return { body: found }
    const plural = path.slice(path.lastIndexOf('/') + 1)
    if (method !== 'GET' || !plurals.includes(plural)) return statusOf(404, `${path} not found`)
    const group = path.replace(/(\/v1)\/.*$/, '$1')
    const isListed = (at: string) =>
      at.startsWith(`${path}/`) || (path === `${group}/${plural}` && at.startsWith(`${group}/namespaces/`) && at.includes(`/${plural}/`))
    const wanted = (query?.get('labelSelector') ?? '').split(',').map((one) => one.split('='))
    const items = [...kept]
      .filter(([at, { metadata }]) => isListed(at) && wanted.every(([key = '', value]) => key === '' || metadata.labels?.[key] === value))
      .map(([, object]) => object)
    return { body: { kind: 'List', apiVersion: 'v1', metadata: {}, items } }
  }
  const server = await startApiServer(answer)
  onTestFinished(async () => server[Symbol.asyncDispose]())
  return { kept, server, place: { kubeconfig: server.kubeconfig, context: 'test' } }
}

const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: label } })

test('objects are created in order, and where one is refused those before it are deleted again', async () => {
  const said: string[] = []
  const { kept, place } = await keeping({}, ({ method, path, body }) =>
    method === 'POST' && path.endsWith('/configmaps') && (body as Stored).metadata.name === 'third'
      ? statusOf(403, 'configmaps "third" is forbidden')
      : undefined,
  )
  await makeObjects(place, [configMap('first'), configMap('second')], (line) => said.push(line))
  expect(said).toEqual([`created ConfigMap ${namespace}/first`, `created ConfigMap ${namespace}/second`])
  kept.clear()
  const error = await makeObjects(place, [configMap('first'), configMap('third')], () => undefined).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(SetupError)
  expect(String(error)).toContain(`The cluster refuses ConfigMap ${namespace}/third: configmaps "third" is forbidden.`)
  expect([...kept.keys()]).toEqual([])
})

test('only what carries the label of the run is deleted, in all namespaces, and what is kept of failed guarantees stays', async () => {
  const rbac = '/apis/rbac.authorization.k8s.io/v1'
  const named = (name: string, labels?: object, annotations?: object) => ({ metadata: { name, labels, annotations } })
  const role = { metadata: { name: namespace, namespace: 'kube-system', labels: label } }
  const { kept, place } = await keeping({
    [`${rbac}/clusterroles/${namespace}`]: named(namespace, label),
    [`${rbac}/clusterroles/admin`]: named('admin'),
    [`${rbac}/namespaces/kube-system/roles/${namespace}`]: role,
    [`/api/v1/namespaces/${namespace}`]: named(namespace, label),
    '/api/v1/namespaces/hf-lost': named('hf-lost', label),
    '/api/v1/namespaces/hf-kept': named('hf-kept', label, { 'holdfast.dev/kept': runId }),
    '/api/v1/namespaces/hf-other': named('hf-other', { 'holdfast.dev/run': 'another' }),
    '/apis/storage.k8s.io/v1/storageclasses/fast': named('fast'),
  })
  // Snapshot classes are not served at all.
  expect(await removeRun(place, runId, () => undefined)).toEqual([])
  expect([...kept.keys()].toSorted()).toEqual([
    '/api/v1/namespaces/hf-kept',
    '/api/v1/namespaces/hf-other',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/admin',
    '/apis/storage.k8s.io/v1/storageclasses/fast',
  ])
})

test('a list that does not select is no reason to delete what is not of the run', async () => {
  const other = { metadata: { name: 'prod', labels: { team: 'a' } } }
  const { kept, place } = await keeping({ '/api/v1/namespaces/prod': other }, ({ method, path }) =>
    method === 'GET' && path === '/api/v1/namespaces'
      ? { body: { kind: 'NamespaceList', apiVersion: 'v1', metadata: {}, items: [other] } }
      : undefined,
  )
  await removeRun(place, runId, () => undefined)
  expect([...kept.keys()]).toEqual(['/api/v1/namespaces/prod'])
})

const pod = (
  name: string,
  index: number,
  { deletionTimestamp, ...status }: { readonly deletionTimestamp?: string; readonly phase: string },
) => ({
  metadata: {
    ...{ name, uid: `uid of ${name}`, namespace, ...(deletionTimestamp !== undefined && { deletionTimestamp }) },
    labels: { ...label, 'app.kubernetes.io/component': 'shards', 'batch.kubernetes.io/job-completion-index': String(index) },
  },
  spec: { nodeName: 'worker', containers: [] },
  status,
})
const at = (name: string) => `/api/v1/namespaces/${namespace}/pods/${name}`

test('how shards are getting on: phases, nodes, and what keeps a Pod from running', async () => {
  const waiting = { name: 'shard', image: 'x', ready: false, state: { waiting: { reason: 'ErrImagePull', message: 'no such host' } } }
  const { place } = await keeping({
    [`/apis/batch/v1/namespaces/${namespace}/jobs/shards`]: {
      metadata: { name: 'shards', namespace },
      status: { failedIndexes: '2', conditions: [{ type: 'Failed', status: 'True' }] },
    },
    [at('shards-1-b')]: pod('shards-1-b', 1, Object.assign({ phase: 'Pending' }, { containerStatuses: [waiting] })),
    [at('shards-0-a')]: pod('shards-0-a', 0, { phase: 'Succeeded' }),
    [at('shards-2-c')]: pod('shards-2-c', 2, { phase: 'Running', deletionTimestamp: '2026-11-30T06:00:00Z' }),
  })
  const seen = await lookAtShards(place, runId)
  expect(seen).toMatchObject({ job: 'failed', failedIndexes: '2' })
  expect(seen.pods.map(({ shard, phase, node }) => `${shard} ${phase} ${node}`)).toEqual([
    ...['0 Succeeded worker', '1 Pending worker', '2 Terminating worker'],
  ])
  expect(seen.pods[1]?.trouble).toBe('ErrImagePull: no such host')
})

test('a Job that somebody deleted is gone', async () => {
  const { place } = await keeping({})
  expect(await lookAtShards(place, runId)).toEqual({ job: 'gone', failedIndexes: '', pods: [] })
})

test('a shard waits for earlier Pods of its index that may be at work, and not for those that were killed', async () => {
  const soon = new Date(Date.now() + 60_000).toISOString()
  const { place } = await keeping({
    [at('mine')]: pod('mine', 0, { phase: 'Running' }),
    [at('stopping')]: pod('stopping', 0, { phase: 'Running', deletionTimestamp: soon }),
    [at('on-a-lost-node')]: pod('on-a-lost-node', 0, { phase: 'Running', deletionTimestamp: '2026-11-30T06:00:00Z' }),
    [at('failed')]: pod('failed', 0, { phase: 'Failed' }),
    [at('of-another-shard')]: pod('of-another-shard', 1, { phase: 'Running' }),
  })
  expect(await otherPodsOfShard(place, { runId, shard: 0, uid: 'uid of mine' })).toEqual(['stopping'])
})

test('a run is read from its namespace, and another namespace is none of one', async () => {
  const plan = { schemaVersion: 1, runId, shards: 2, sources: 'a', keepFailed: false, guarantees: [] }
  const { place } = await keeping({
    [`/api/v1/namespaces/${namespace}/configmaps/run`]: {
      metadata: { name: 'run', namespace, labels: label },
      data: { 'plan.json': JSON.stringify(plan), 'cluster.json': '{}', 'reader.json': '{"kind":"Pod"}' },
      binaryData: { 'run.tar.gz': Buffer.from('tar').toString('base64') },
    },
  })
  expect(await readStoredRun(place, namespace)).toEqual({ plan, cluster: '{}', reader: { kind: 'Pod' }, directory: Buffer.from('tar') })
  await expect(readStoredRun(place, 'default')).rejects.toThrow('Namespace default holds no run over shards')
})

test('the kubeconfig of a Pod names the token that the kubelet renews, and does not hold it', async () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  writeFileSync(join(directory, 'token'), 'secret token')
  writeFileSync(join(directory, 'ca.crt'), 'certificate')
  const path = join(directory, 'kubeconfig')
  writeKubeconfigOfPod(path, { directory, env: { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' } })
  expect(readFileSync(path, 'utf8')).not.toContain('secret token')
  // By this name kubectl and the suites find the token.
  expect(readFileSync(path, 'utf8')).toContain(`"tokenFile":"${join(directory, 'token')}"`)
  const { config } = clusterApi(path)
  expect(config.getCurrentUser()?.token).toBe('secret token')
  expect(config.getCurrentCluster()).toMatchObject({ server: 'https://[fd00::1]:6443', caFile: join(directory, 'ca.crt') })
  expect(() => writeKubeconfigOfPod(path, { directory, env: {} })).toThrow('This is no Pod with a ServiceAccount')
})
