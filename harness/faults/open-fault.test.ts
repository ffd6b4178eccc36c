import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Mutant, mutants } from '../../clusters/mutants/catalogue.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { FaultSite } from '../engine/fixtures/injectable-fault.ts'
import type { Observation, ObservedObject } from '../engine/history/history-entry.ts'
import { openHistory, type History } from '../engine/history/history.ts'
import { openApi, type KubernetesApi } from '../engine/kubernetes/api.ts'
import { countRequests } from '../engine/kubernetes/request-count.ts'
import { faultOf } from './open-fault.ts'

let directory: string
let server: Server
let api: KubernetesApi
let history: History
let status: number
let asked: string[]
let reverts: (() => Promise<void>)[]

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  status = 200
  asked = []
  reverts = []
  history = openHistory()
  server = createServer((request, response) => {
    const answer = { kind: 'Status', code: status, reason: 'Asked', message: 'as the test wants it' }
    void text(request).then((body) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''} ${body}`.trim())
      response.writeHead(status).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  api = openApi({ server: new URL(`http://127.0.0.1:${address.port}`), tls: {}, headers: {}, requests: countRequests() })
})

afterEach(() => {
  api.close()
  server.close()
  rmSync(directory, { recursive: true })
})

function site(): FaultSite {
  const objectStore = { endpoint: '', region: '', bucket: 'backups', directory: join(directory, 'store', 'backups'), container: 'store' }
  const velero = { namespace: 'velero', location: 'default', faultyLocations: {} }
  const cluster = { velero, objectStore, images: [] } as Partial<ClusterRecord> as ClusterRecord
  const registerRevert = (_name: string, revert: () => Promise<void>) => void reverts.push(revert)
  return { api, cluster, history, namespace: 'hf-a', signal: new AbortController().signal, registerRevert }
}

function open(mutant: string): Promise<AsyncDisposable> {
  const fault = faultOf(mutant)
  if (fault === undefined) throw new Error(`${mutant} injects nothing`)
  return fault.open(site())
}

function see(
  kind: string,
  object: { readonly metadata: Partial<ObservedObject['metadata']>; readonly spec?: unknown; readonly status?: unknown },
  event: Observation['event'] = 'ADDED',
): void {
  const metadata = { uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z', name: 'x', ...object.metadata }
  history.append({ type: 'observation', kind, event, object: { ...object, kind, apiVersion: 'v1', metadata } })
}

const ofSet = (ordinal: number) => ({
  metadata: {
    name: `web-${ordinal}`,
    uid: `uid-${ordinal}`,
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 's' }],
  },
})

function phases(): readonly string[] {
  return history.entries.flatMap((entry) => (entry.type === 'act' && entry.verb === 'inject' ? [entry.phase] : []))
}

test('exactly the mutants with a trigger inject something', () => {
  const all = Object.entries<Mutant>(mutants)
  const injected = all.flatMap(([name]) => (faultOf(name) === undefined ? [] : [name]))
  expect(injected).toEqual(all.flatMap(([name, mutant]) => ('trigger' in mutant ? [name] : [])))
  expect(faultOf('toString')).toBeUndefined()
})

test('a request is sent once, upon the first object that asks for it, and stands in the history as an act', async () => {
  const fault = await open('pod-force-deleted')
  see('Pod', { metadata: { name: 'web-0' } })
  expect(phases()).toEqual([])
  see('Pod', { metadata: { name: 'web-0', deletionTimestamp: '2026-01-01T00:00:00Z' } })
  see('Pod', { metadata: { name: 'web-1', deletionTimestamp: '2026-01-01T00:00:00Z' } })
  await fault[Symbol.asyncDispose]()
  expect(asked).toEqual(['DELETE /api/v1/namespaces/hf-a/pods/web-0 {"gracePeriodSeconds":0}'])
  expect(phases()).toEqual(['requested', 'accepted'])
})

test('a fault that repeats is injected each time', async () => {
  const fault = await open('pods-owned-by-predecessor')
  for (const ordinal of [0, 1, 2]) see('Pod', ofSet(ordinal))
  await fault[Symbol.asyncDispose]()
  expect(asked.map((line) => line.split(' ')[1] ?? '').toSorted((one, other) => one.localeCompare(other))).toEqual([
    '/api/v1/namespaces/hf-a/pods/web-1',
    '/api/v1/namespaces/hf-a/pods/web-2',
  ])
})

test('a Service that nobody asked for is made for a StatefulSet with a Pod, and selects that Pod', async () => {
  const fault = await open('service-unasked')
  see('Pod', { metadata: { name: 'client' } })
  see('Pod', ofSet(0))
  await fault[Symbol.asyncDispose]()
  const spec = { clusterIP: 'None', selector: { 'statefulset.kubernetes.io/pod-name': 'web-0' } }
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec })
  expect(asked).toEqual([`POST /api/v1/namespaces/hf-a/services ${body}`])
})

test('the attachment of the first Pod that is gone is deleted, and no other', async () => {
  const fault = await open('attachment-deleted-with-pod')
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }]
  const attached = (name: string, volume: string) => {
    const spec = { nodeName: 'one', source: { persistentVolumeName: volume } }
    see('VolumeAttachment', { metadata: { name, uid: name }, spec, status: { attached: true } })
  }
  see('PersistentVolumeClaim', { metadata: { name: 'data' }, spec: { volumeName: 'pv-1' } })
  attached('of-another', 'pv-2')
  attached('of-it', 'pv-1')
  see('Pod', { metadata: { name: 'web-0' }, spec: { nodeName: 'one', volumes } })
  expect(asked).toEqual([])
  see('Pod', { metadata: { name: 'web-0' }, spec: { nodeName: 'one', volumes } }, 'DELETED')
  await fault[Symbol.asyncDispose]()
  expect(asked).toEqual(['DELETE /apis/storage.k8s.io/v1/volumeattachments/of-it'])
})

test('a Node object that was deleted is made again as it was', async () => {
  const fault = await open('node-registered-again')
  const node = { metadata: { name: 'worker', labels: { zone: 'a' } }, spec: { podCIDR: '10.0.1.0/24' } }
  see('Node', node)
  expect(asked).toEqual([])
  see('Node', node, 'DELETED')
  await fault[Symbol.asyncDispose]()
  expect(asked).toEqual([`POST /api/v1/nodes ${JSON.stringify({ apiVersion: 'v1', kind: 'Node', ...node })}`])
})

test('nothing is injected once the fault is disposed of', async () => {
  const fault = await open('pod-force-deleted')
  await fault[Symbol.asyncDispose]()
  see('Pod', { metadata: { name: 'web-0', deletionTimestamp: '2026-01-01T00:00:00Z' } })
  expect(phases()).toEqual([])
})

test('an injection that is refused costs no verdict: it stands in the history as rejected', async () => {
  status = 403
  const fault = await open('pod-force-deleted')
  see('Pod', { metadata: { name: 'web-0', deletionTimestamp: '2026-01-01T00:00:00Z' } })
  await fault[Symbol.asyncDispose]()
  expect(phases()).toEqual(['requested', 'rejected'])
})

test('what is to be there before the guarantee begins is there once the fault is open', async () => {
  await open('accounts-made-admins')
  expect(asked[0]).toMatch(/^POST .*\/namespaces\/hf-a\/rolebindings .*system:serviceaccounts:hf-a/)
  expect(phases()).toEqual(['requested', 'accepted'])
})

test('a guarantee does not begin without the fault that it is to meet', async () => {
  status = 403
  await expect(open('accounts-made-admins')).rejects.toThrow('as the test wants it')
})

const backup = { metadata: { name: 'hf-a-one' }, status: { phase: 'Completed' } }
const content = Buffer.from('some bytes of a volume')

function stored(): string {
  const folder = join(directory, 'store', 'backups', 'kopia', 'hf-a')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'p1'), content)
  return join(folder, 'p1')
}

async function revertTwice(): Promise<void> {
  expect(reverts).toHaveLength(1)
  for (const revert of [...reverts, ...reverts]) await revert()
}

test('a stored object is away the moment its Backup is seen Completed, and back once the guarantee is over', async () => {
  const file = stored()
  await using _ = await open('stored-object-deleted')
  see('Backup', { ...backup, status: { phase: 'InProgress' } })
  expect(existsSync(file)).toBe(true)
  see('Backup', backup)
  expect(existsSync(file)).toBe(false)
  await revertTwice()
  expect(readFileSync(file)).toEqual(content)
})

test('a byte of a stored object is another one until the guarantee is over', async () => {
  const file = stored()
  await using _ = await open('stored-byte-flipped')
  see('Backup', backup)
  expect(readFileSync(file)).not.toEqual(content)
  await revertTwice()
  expect(readFileSync(file)).toEqual(content)
})

test.each(['stored-object-deleted', 'stored-byte-flipped'])('%s reverts nothing in a store that is gone', async (mutant) => {
  stored()
  await using _ = await open(mutant)
  see('Backup', backup)
  rmSync(join(directory, 'store', 'backups'), { recursive: true })
  await revertTwice()
  expect(readdirSync(join(directory, 'store'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([])
})

test('the store of a second cluster is hit, and nothing else there', () => {
  expect(faultOf('stored-object-deleted')?.openAtStore).toBeDefined()
  expect(faultOf('pod-force-deleted')?.openAtStore).toBeUndefined()
  expect(faultOf('second-velero')?.openAtStore).toBeUndefined()
})
