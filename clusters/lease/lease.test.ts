import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { ownerText, thisOwner, temporaryPrefix } from '../../contract/owner.ts'
import { acquireLease, type LeaseTimes } from './lease.ts'
import { SetupError } from '../setup-error.ts'

interface Lease {
  readonly metadata: { readonly resourceVersion?: string; readonly annotations?: Readonly<Record<string, string>> }
  readonly spec: { readonly holderIdentity: string; readonly renewTime: string; readonly acquireTime: string }
}

/** An API server that keeps one lease, and refuses to change another version of it than the one it has. */
const api = { lease: undefined as Lease | undefined, version: 0, forbidden: false, requests: [] as string[] }

const server = createServer((request, response) => {
  void answer(request).then(({ code, body }) => {
    response.writeHead(code, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })
})

async function answer(request: IncomingMessage): Promise<{ readonly code: number; readonly body: unknown }> {
  const text = Buffer.concat(await request.toArray()).toString()
  const { method = '' } = request
  api.requests.push(method)
  if (api.forbidden) return { code: 403, body: { message: 'leases is forbidden' } }
  if (method === 'POST' ? api.lease !== undefined : api.lease === undefined) return { code: method === 'POST' ? 409 : 404, body: {} }
  if (method === 'GET') return { code: 200, body: api.lease }
  if (method === 'DELETE') {
    api.lease = undefined
    return { code: 200, body: {} }
  }
  const sent = JSON.parse(text) as Lease
  if (method === 'PUT' && sent.metadata.resourceVersion !== String(api.version)) return { code: 409, body: {} }
  put(sent)
  return { code: 200, body: api.lease }
}

function put(lease: Lease): void {
  api.version++
  api.lease = { ...lease, metadata: { ...lease.metadata, resourceVersion: String(api.version) } }
}

let directory: string
let record: ClusterRecord
beforeEach(async () => {
  Object.assign(api, { lease: undefined, version: 0, forbidden: false, requests: [] })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const kubeconfig = join(directory, 'kubeconfig')
  const named = { clusters: [{ name: 'a', cluster: { server: url, 'insecure-skip-tls-verify': true } }], users: [{ name: 'a', user: {} }] }
  const contexts = [{ name: 'a', context: { cluster: 'a', user: 'a' } }]
  writeFileSync(kubeconfig, JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'a', contexts, ...named }))
  record = { name: 'holdfast-unit', kubeconfig, context: 'a', features: [] } as unknown as ClusterRecord
})
afterEach(async () => {
  rmSync(directory, { recursive: true })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const times: LeaseTimes = { duration: 0.6, betweenRenewals: 0.05, betweenLooks: 0.05, request: 60 }
const waiting = { timeout: 60_000 }

function leaseRequest(runId: string, { duration = times.duration } = {}) {
  const said: string[] = []
  const lost = vi.fn<() => void>()
  return { runId, said, lost, log: (line: string) => void said.push(line), times: { ...times, duration } }
}

/** Another process that holds the lease, as an owner. */
function heldBy(holderIdentity: string): void {
  const acquireTime = '2026-11-28T07:00:00.000000Z'
  const annotations = { 'holdfast.dev/lease-run': 'first', 'holdfast.dev/lease-host': 'build-7' }
  put({ metadata: { annotations }, spec: { holderIdentity, acquireTime, renewTime: acquireTime } })
}

const elsewhere = ownerText({ ...thisOwner(), host: 'abc', boot: 'def' })

test('a lease is made, renewed, and gone when its holder lets go', async () => {
  const lease = await acquireLease(record, leaseRequest('first'))
  const first = api.lease
  expect(first?.spec.holderIdentity).toBe(ownerText(thisOwner()))
  await vi.waitUntil(() => api.lease?.spec.renewTime !== first?.spec.renewTime, waiting)
  expect(api.lease?.spec.acquireTime).toBe(first?.spec.acquireTime)
  await lease[Symbol.asyncDispose]()
  expect(api.lease).toBeUndefined()
})

test('the shards of a run hold it together, and one that ends leaves it to the others', async () => {
  const holder = 'shards.20261130-063317-ab12'
  const shards = [{ leave: true }, { leave: true }, {}].map(async (more) =>
    acquireLease(record, { ...leaseRequest('first'), holder, ...more }),
  )
  const [one, other, collector] = await Promise.all(shards)
  expect(api.lease?.spec.holderIdentity).toBe(holder)
  await one?.[Symbol.asyncDispose]()
  await other?.[Symbol.asyncDispose]()
  const before = api.lease?.spec.renewTime
  await vi.waitUntil(() => api.lease?.spec.renewTime !== before, waiting)
  expect(api.lease?.spec.holderIdentity).toBe(holder)
  await collector?.[Symbol.asyncDispose]()
  expect(api.lease).toBeUndefined()
})

test('a second run is refused with the name of the first, its process, host and time, and a way out', async () => {
  const module = JSON.stringify(join(import.meta.dirname, '..', '..', 'contract', 'owner.ts'))
  const script = `import { ownerText, thisOwner } from ${module}; console.log(ownerText(thisOwner())); setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const [line] = (await other.stdout.take(1).toArray()) as readonly Buffer[]
    const holder = String(line).trim()
    heldBy(holder)
    const refused = acquireLease(record, leaseRequest('second'))
    await expect(refused).rejects.toThrow(SetupError)
    await expect(refused).rejects.toMatchObject({
      message: `Cluster holdfast-unit is in use by run first (process ${other.pid} on build-7, since 2026-11-28T07:00:00Z).`,
      fix: expect.stringContaining('Wait until it ends'),
    })
    expect(api.lease?.spec.holderIdentity).toBe(holder)
  } finally {
    other.kill('SIGKILL')
  }
})

test('the lease of a dead process is taken over at once, with a line', async () => {
  heldBy(ownerText({ ...thisOwner(), pid: spawnSync('true').pid }))
  const second = leaseRequest('second')
  const lease = await acquireLease(record, second)
  expect(second.said).toEqual(['Run first held holdfast-unit and has ended: taking over.'])
  expect(api.lease?.spec.holderIdentity).toBe(ownerText(thisOwner()))
  await lease[Symbol.asyncDispose]()
})

test('a holder that cannot be seen and renews its lease keeps it', async () => {
  heldBy(elsewhere)
  const refused = acquireLease(record, leaseRequest('second', { duration: 60 })).catch((error: unknown) => error)
  await vi.waitUntil(() => api.requests.length >= 2, waiting)
  if (api.lease !== undefined) put({ ...api.lease, spec: { ...api.lease.spec, renewTime: '2026-11-28T07:00:10.000000Z' } })
  expect(String(await refused)).toContain('Cluster holdfast-unit is in use by run first (process')
  expect(api.lease?.spec.holderIdentity).toBe(elsewhere)
})

test('a holder that cannot be seen and renews nothing loses its lease once it has expired', async () => {
  heldBy(elsewhere)
  const start = performance.now()
  const lease = await acquireLease(record, leaseRequest('second'))
  expect(performance.now() - start).toBeGreaterThan(500)
  expect(api.lease?.spec.holderIdentity).toBe(ownerText(thisOwner()))
  await lease[Symbol.asyncDispose]()
  expect(api.lease).toBeUndefined()
})

test('who finds the lease taken over is told so, and leaves it alone', async () => {
  const first = leaseRequest('own')
  const lease = await acquireLease(record, first)
  heldBy(elsewhere)
  await vi.waitUntil(() => first.lost.mock.calls.length > 0, waiting)
  expect(first.said).toEqual([expect.stringContaining('Run first took holdfast-unit over')])
  await lease[Symbol.asyncDispose]()
  expect(api.lease?.spec.holderIdentity).toBe(elsewhere)
})

test('where leases are forbidden a run goes on with a note', async () => {
  api.forbidden = true
  const only = leaseRequest('only')
  const lease = await acquireLease(record, only)
  expect(only.said).toEqual([expect.stringContaining('make sure that no other run uses holdfast-unit')])
  await lease[Symbol.asyncDispose]()
  expect(new Set(api.requests)).toEqual(new Set(['GET']))
})
