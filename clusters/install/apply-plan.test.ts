import { expect, test } from 'vitest'
import { clusterApi } from '../api.ts'
import { type Answer, type Asked, resourcesOf, startApiServer, statusOf } from '../testing/api-server.ts'
import { applyPlan } from './apply-plan.ts'
import type { Manifest } from './manifest.ts'
import { stagesOf } from './stages.ts'

const group = 'example.com'
const crd: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `pools.${group}` },
  spec: { group, names: { kind: 'Pool' }, versions: [{ name: 'v1', served: true }] },
}
const pool: Manifest = { apiVersion: `${group}/v1`, kind: 'Pool', metadata: { name: 'Fast' }, spec: { size: 3 } }
const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'one', namespace: 'storage' },
  spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }], fieldOfTheFuture: true },
}
const pod: Manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one' } }

/** A cluster that serves a kind only once its definition was asked for, and refuses what `refuses` says. */
function cluster(refuses: (asked: Asked) => Answer | 'no' = () => 'no') {
  const applied: { readonly path: string; readonly body: unknown; readonly query: string }[] = []
  const answer = (asked: Asked): Answer => {
    const { method, path, body, query } = asked
    if (path === '/api/v1') return resourcesOf('v1', { Pod: 'pods', Namespace: 'namespaces' }, ['Pod'])
    if (path === '/apis/networking.k8s.io/v1')
      return resourcesOf('networking.k8s.io/v1', { NetworkPolicy: 'networkpolicies' }, ['NetworkPolicy'])
    if (path === '/apis/apiextensions.k8s.io/v1')
      return resourcesOf('apiextensions.k8s.io/v1', { CustomResourceDefinition: 'customresourcedefinitions' })
    if (path === `/apis/${group}/v1`)
      return applied.length === 0 ? { status: 404, body: '404 page not found' } : resourcesOf(`${group}/v1`, { Pool: 'pools' })
    if (method === 'PATCH') {
      const refused = refuses(asked)
      if (refused !== 'no') return refused
      applied.push({ path, body, query: String(query) })
      return { body }
    }
    return { body: { ...crd, status: { conditions: [{ type: 'Established', status: 'True' }] } } }
  }
  return { answer, applied }
}

function plan(...manifests: readonly Manifest[]) {
  return { stages: stagesOf(manifests.map((manifest) => ({ manifest, place: 'all.yaml' }))) }
}

const quiet = { log: () => undefined, within: 5 }

test('objects are applied word for word, new kinds once they are established', async () => {
  const { answer, applied } = cluster()
  await using server = await startApiServer(answer)
  await applyPlan(clusterApi(server.kubeconfig), plan(pod, policy, pool, crd), quiet)
  expect(applied.map(({ path }) => path)).toEqual([
    `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/pools.${group}`,
    '/apis/networking.k8s.io/v1/namespaces/storage/networkpolicies/one',
    `/apis/${group}/v1/pools/Fast`,
    '/api/v1/namespaces/default/pods/one',
  ])
  expect(applied[1]?.body).toEqual(policy)
  expect(applied[1]?.query).toBe('fieldManager=holdfast-install&force=true&fieldValidation=Strict')
})

test('a kind that is not served is told before anything is applied', async () => {
  const { answer, applied } = cluster()
  await using server = await startApiServer(answer)
  const other = { apiVersion: 'v1', kind: 'Pdo', metadata: { name: 'one' } }
  await expect(applyPlan(clusterApi(server.kubeconfig), plan(pod, other), quiet)).rejects.toThrow(
    'Pdo one of all.yaml cannot be installed: the cluster does not serve Pdo of v1.',
  )
  expect(applied).toEqual([])
})

test('what is refused for good is told in one sentence', async () => {
  const { answer } = cluster(() => statusOf(422, 'Pod "one" is invalid: spec.containers: Required value.'))
  await using server = await startApiServer(answer)
  await expect(applyPlan(clusterApi(server.kubeconfig), plan(pod), quiet)).rejects.toThrow(
    'The cluster refuses Pod one of all.yaml: Pod "one" is invalid: spec.containers: Required value.',
  )
  expect(server.asked.filter((each) => each.startsWith('PATCH'))).toHaveLength(1)
})

test('what may pass is tried again', async () => {
  const first = [statusOf(403, 'pods "one" is forbidden: error looking up service account default/default'), statusOf(503, 'busy')]
  const { answer, applied } = cluster(() => first.shift() ?? 'no')
  await using server = await startApiServer(answer)
  await applyPlan(clusterApi(server.kubeconfig), plan(pod), quiet)
  expect(applied).toHaveLength(1)
})

test('what does not pass is given up', async () => {
  const { answer } = cluster(() => statusOf(503, 'the API server is shutting down'))
  await using server = await startApiServer(answer)
  await expect(applyPlan(clusterApi(server.kubeconfig), plan(pod), { ...quiet, within: 0.1 })).rejects.toThrow(
    'The cluster refuses Pod one of all.yaml: the API server is shutting down.',
  )
})
