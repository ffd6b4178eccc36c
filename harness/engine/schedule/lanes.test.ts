import { expect, onTestFinished, test, vi } from 'vitest'
import { openApi } from '../kubernetes/api.ts'
import { startScriptedApiServer } from '../kubernetes/scripted-api-server.ts'
import { pause } from '../pause.ts'
import { withExclusiveResources } from './exclusive-resources.ts'
import { nameOfLane, openLanes } from './lanes.ts'

const times = { duration: 0.4, betweenRenewals: 0.05, betweenLooks: 0.02 }
const namespace = 'holdfast-unit'
const leases = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`

/** Two shards of one run, and the API server between them. */
async function twoShards() {
  const server = await startScriptedApiServer()
  const [one, other] = ['one', 'other'].map(() => openApi({ server: server.url, tls: {}, headers: {} }))
  if (one === undefined || other === undefined) throw new TypeError('There are two.')
  onTestFinished(async () => {
    one.close()
    other.close()
    await server[Symbol.asyncDispose]()
  })
  const [first, second] = [openLanes(one, { namespace, holder: 'pod-1' }, times), openLanes(other, { namespace, holder: 'pod-2' }, times)]
  return { server, first, second }
}

/** Runs works in shards; resolves to what was under way at the start of each. */
function watched() {
  const now = new Set<string>()
  const seen: string[] = []
  const work = (name: string) => async () => {
    now.add(name)
    seen.push([...now].toSorted().join('+'))
    await pause(0.15)
    now.delete(name)
  }
  return { seen, work }
}

test('what two shards hold exclusively they hold one after the other, and no Lease is left', async () => {
  const { server, first, second } = await twoShards()
  const { seen, work } = watched()
  const lane = { name: 'holds default StorageClass', mode: 'exclusive' } as const
  await Promise.all([first.within(lane, work('a')), second.within(lane, work('b'))])
  expect(seen.toSorted()).toEqual(['a', 'b'])
  expect(server.paths()).toEqual([])
})

test('those that share run together, and who wants the lane alone waits for all of them', async () => {
  const { server, first, second } = await twoShards()
  const { seen, work } = watched()
  const shared = { name: 'cluster', mode: 'shared' } as const
  const sharing = [first.within(shared, work('a')), second.within(shared, work('b'))]
  await vi.waitUntil(() => seen.length === 2, { interval: 5, timeout: 20_000 })
  await Promise.all([...sharing, first.within({ name: 'cluster', mode: 'exclusive' }, work('alone')), pause(0.1)])
  await second.within(shared, work('c'))
  expect(seen).toContain('a+b')
  expect(seen.filter((names) => names.includes('alone'))).toEqual(['alone'])
  expect(seen.at(-1)).toBe('c')
  expect(server.paths()).toEqual([])
})

test('the Lease of a shard that is gone is free once it has expired, and not before', async () => {
  const { server, second } = await twoShards()
  const name = nameOfLane('holds x')
  const spec = { holderIdentity: 'pod-dead', leaseDurationSeconds: 1, renewTime: '2026-11-30T06:00:00.000000Z' }
  server.put(`${leases}/${name}`, { metadata: { name }, spec })
  const started = performance.now()
  let after = 0
  await second.within({ name: 'holds x', mode: 'exclusive' }, async () => void (after = performance.now() - started))
  expect(after).toBeGreaterThanOrEqual(times.duration * 1000)
})

test('the share of a shard that is gone keeps nobody waiting for ever', async () => {
  const { server, first } = await twoShards()
  const metadata = { name: 'lane-cluster-dead', labels: { 'holdfast.dev/lane-shared': 'lane-cluster' } }
  server.put(`${leases}/lane-cluster-dead`, { metadata, spec: { holderIdentity: 'pod-dead', renewTime: '2026-11-30T06:00:00.000000Z' } })
  let isDone = false
  await first.within({ name: 'cluster', mode: 'exclusive' }, async () => void (isDone = true))
  expect(isDone).toBe(true)
})

test('a shard whose Lease another one took is told', async () => {
  const { server, first } = await twoShards()
  const name = nameOfLane('holds x')
  await first.within({ name: 'holds x', mode: 'exclusive' }, async (lost) => {
    server.put(`${leases}/${name}`, { metadata: { name }, spec: { holderIdentity: 'pod-2', renewTime: 'later' } })
    await vi.waitUntil(() => lost.aborted, { interval: 5, timeout: 20_000 })
    expect(String(lost.reason)).toContain(`The Lease ${namespace}/${name} was not renewed`)
  })
  expect(server.paths()).toEqual([`${leases}/${name}`])
})

test('an API server that does not answer for longer than the Lease lasts is a loss too', async () => {
  const { server, first } = await twoShards()
  await first.within({ name: 'holds x', mode: 'exclusive' }, async (lost) => {
    server.fail({ method: 'PUT', path: /leases/, answer: 500 })
    await vi.waitUntil(() => lost.aborted, { interval: 5, timeout: 20_000 })
    expect(String(lost.reason)).toContain('another shard may have taken it')
  })
})

test('a run without disruptive guarantees writes no Lease for the cluster', async () => {
  const { server, first } = await twoShards()
  await withExclusiveResources({}, async () => undefined, { lanes: first, anyDisruptive: false })
  expect(server.requests).toEqual([])
  await withExclusiveResources({}, async () => undefined, { lanes: first, anyDisruptive: true })
  expect(server.requests.filter((request) => request.startsWith('POST'))).toEqual([`POST ${leases}`])
})
