import { expect, test } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { type Answer, type Asked, resourcesOf, startApiServer, statusOf } from '../testing/api-server.ts'
import { mutants } from './catalogue.ts'
import { removeMutants } from './install-mutants.ts'

const group = '/apis/admissionregistration.k8s.io/v1'
const kinds = { MutatingAdmissionPolicy: 'mutatingadmissionpolicies', MutatingAdmissionPolicyBinding: 'mutatingadmissionpolicybindings' }
const [one = '', other = ''] = Object.entries(mutants).flatMap(([name, { by }]) => (by === 'policy' ? [name] : []))

/** A cluster with the policies of two mutants; `refuse` answers a deletion, the first time and later, or lets it be done. */
async function cluster(refuse: (path: string, times: number) => Answer) {
  const policies = [one, other].flatMap((name) => Object.values(kinds).map((resource) => `${group}/${resource}/holdfast-${name}`))
  const left = new Set(policies)
  const times = new Map<string, number>()
  const server = await startApiServer(({ method, path }: Asked) => {
    if (path === group) return resourcesOf('admissionregistration.k8s.io/v1', kinds)
    if (method !== 'DELETE') return statusOf(405, `${method} is not expected`)
    times.set(path, (times.get(path) ?? 0) + 1)
    const refused = refuse(path, times.get(path) ?? 1)
    if (refused !== undefined) return refused
    return left.delete(path) ? { body: { kind: 'Status', apiVersion: 'v1', status: 'Success' } } : statusOf(404, 'not found')
  })
  const record = { kubeconfig: server.kubeconfig, context: 'test' } as ClusterRecord
  const remove = async (within: number) => removeMutants(record, [one, other], { within, first: 0.01 })
  return { left, times, remove, record, [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose]() }
}

const timedOut = statusOf(500, 'etcdserver: request timed out')

test.each<[string, Answer]>([
  ['a request that etcd did not take in time', timedOut],
  ['a gateway that waited too long', statusOf(504, 'the server was unable to return a response in the time allotted')],
  ['a server that is asked too much', statusOf(429, 'too many requests')],
  ['a server that is shutting down', statusOf(503, 'apiserver is shutting down')],
  ['a connection that was reset', 'cut'],
])('policies are removed for all that: %s', async (_, answer) => {
  await using found = await cluster((path, times) => (path.endsWith(`bindings/holdfast-${one}`) && times === 1 ? answer : undefined))
  expect(await found.remove(20)).toEqual([])
  expect([...found.left]).toEqual([])
})

test('what cannot be removed is named with how to do it, and keeps nothing else from being removed', async () => {
  const stuck = `${group}/${kinds.MutatingAdmissionPolicy}/holdfast-${one}`
  await using found = await cluster((path) => (path === stuck ? timedOut : undefined))
  expect(await found.remove(1)).toEqual([
    `MutatingAdmissionPolicy holdfast-${one} could not be deleted: etcdserver: request timed out. By hand: ` +
      `kubectl --kubeconfig ${found.record.kubeconfig} --context test delete mutatingadmissionpolicy holdfast-${one}`,
  ])
  expect([...found.left]).toEqual([stuck])
  expect(found.times.get(stuck)).toBeGreaterThan(1)
})

test('a decision of the server is not asked for again', async () => {
  await using found = await cluster(() => statusOf(403, 'mutatingadmissionpolicies is forbidden'))
  expect(await found.remove(1)).toHaveLength(4)
  expect([...found.times.values()]).toEqual([1, 1, 1, 1])
})

test('a server that says nothing more is left alone after a while', async () => {
  await using found = await cluster(() => 'cut')
  expect(await found.remove(1)).toHaveLength(4)
  expect(found.times.size).toBe(4)
})
