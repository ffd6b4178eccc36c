import { expect, test } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { type Answer, type Asked, resourcesOf, startApiServer, statusOf } from '../testing/api-server.ts'
import { mutatedByAnnotation } from '../../contract/annotations.ts'
import { clusterApi } from '../api.ts'
import { mutants } from './catalogue.ts'
import { removeMutants, withMutants } from './install-mutants.ts'
import { untilInForce } from './policies-in-force.ts'

const group = '/apis/admissionregistration.k8s.io/v1'
const kinds = { MutatingAdmissionPolicy: 'mutatingadmissionpolicies', MutatingAdmissionPolicyBinding: 'mutatingadmissionpolicybindings' }
const [one = '', other = ''] = Object.entries(mutants).flatMap(([name, { by }]) => (by === 'policy' ? [name] : []))

const policies = [one, other].flatMap((name) => Object.values(kinds).map((resource) => `${group}/${resource}/holdfast-${name}`))

/** A cluster with the policies of two mutants; `refuse` answers a deletion, the first time and later, or lets it be done. */
async function cluster(
  refuse: (path: string, times: number) => Answer,
  {
    there = policies,
    mayApply = () => true,
    heeds = true,
  }: { readonly there?: readonly string[]; readonly mayApply?: (path: string) => boolean; readonly heeds?: boolean } = {},
) {
  const left = new Set(there)
  const times = new Map<string, number>()
  let inForce: unknown
  let dryRuns = 0
  const server = await startApiServer(({ method, path, body, query }: Asked) => {
    if (path === group) return resourcesOf('admissionregistration.k8s.io/v1', kinds)
    if (path === '/api/v1') return resourcesOf('v1', { Namespace: 'namespaces' })
    if (path === '/api/v1/namespaces' && query?.get('dryRun') === 'All') {
      dryRuns += 1
      return {
        body: { ...(body as object), ...(dryRuns > 2 && heeds && { metadata: { annotations: { [mutatedByAnnotation]: inForce } } }) },
      }
    }
    if (method === 'PATCH') {
      if (!mayApply(path)) return statusOf(403, 'mutatingadmissionpolicies is forbidden')
      left.add(path)
      inForce = /mutated-by\\": \\"([^"\\]+)/u.exec(JSON.stringify(body))?.[1] ?? inForce
      return { body }
    }
    if (method !== 'DELETE') return statusOf(405, `${method} is not expected`)
    times.set(path, (times.get(path) ?? 0) + 1)
    const refused = refuse(path, times.get(path) ?? 1)
    if (refused !== undefined) return refused
    return left.delete(path) ? { body: { kind: 'Status', apiVersion: 'v1', status: 'Success' } } : statusOf(404, 'not found')
  })
  const record = { kubeconfig: server.kubeconfig, context: 'test' } as ClusterRecord
  const remove = async (within: number) => removeMutants(record, [one, other], { within, first: 0.01 })
  return { left, times, remove, record, dryRuns: () => dryRuns, [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose]() }
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

/** Works with both mutants on a cluster that has neither. Returns what came of it, and what was found. */
async function worked({ left, record }: Awaited<ReturnType<typeof cluster>>, work: () => Promise<string>) {
  const findings: string[] = []
  const [result] = await Promise.allSettled([withMutants(record, { names: [one, other], found: (each) => findings.push(each) }, work)])
  return { result, findings, left: [...left] }
}

const letGo = (): Answer => undefined

test('mutants are there for the work, and are gone after it', async () => {
  await using found = await cluster(letGo, { there: [] })
  expect(await worked(found, async () => Promise.resolve([...found.left].toSorted().join()))).toEqual({
    result: { status: 'fulfilled', value: policies.toSorted().join() },
    findings: [],
    left: [],
  })
})

test('the work begins once the API server heeds the policies', async () => {
  await using found = await cluster(letGo, { there: [] })
  expect((await worked(found, async () => Promise.resolve(`after ${found.dryRuns()} dry runs`))).result).toMatchObject({
    value: 'after 3 dry runs',
  })
})

test('an API server that heeds no policy is named', async () => {
  await using found = await cluster(letGo, { there: [], heeds: false })
  await expect(untilInForce(clusterApi(found.record.kubeconfig, 'test'), 0.2)).rejects.toThrow(
    'did not heed a MutatingAdmissionPolicy within 0.2 s',
  )
})

test('mutants are gone after work that throws', async () => {
  await using found = await cluster(letGo, { there: [] })
  const reason = new Error('the suites did not start')
  expect(await worked(found, async () => Promise.reject(reason))).toEqual({
    result: { status: 'rejected', reason },
    findings: [],
    left: [],
  })
})

test('mutants that were installed half-way are gone, and nothing is done with them', async () => {
  const refused = policies.at(-1)
  await using found = await cluster(letGo, { there: [], mayApply: (path) => path !== refused })
  let begun = 0
  const { result, findings, left } = await worked(found, async () => Promise.resolve(`${(begun += 1)}`))
  expect(result).toMatchObject({ status: 'rejected', reason: { code: 403 } })
  expect([begun, findings, left]).toEqual([0, [], []])
  expect([...found.times.keys()].toSorted()).toEqual(policies.toSorted())
})

test.each([
  ['done', async () => Promise.resolve('done')],
  ['failed', async () => Promise.reject(new Error('the suites did not start'))],
])('a policy that stays is a finding, where the work is %s', async (_, work) => {
  const stuck = `${group}/${kinds.MutatingAdmissionPolicy}/holdfast-${one}`
  await using found = await cluster((path) => (path === stuck ? statusOf(403, 'no rights') : undefined), { there: [] })
  const { findings, left } = await worked(found, work)
  expect(findings).toEqual([expect.stringMatching(new RegExp(`^MutatingAdmissionPolicy holdfast-${one} could not be deleted: no rights`))])
  expect(left).toEqual([stuck])
})
