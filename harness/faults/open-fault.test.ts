import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Mutant, mutants } from '../../clusters/mutants/catalogue.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { FaultSite } from '../engine/fixtures/injectable-fault.ts'
import type { Observation, ObservedObject } from '../engine/history/history-entry.ts'
import { openHistory, type History } from '../engine/history/history.ts'
import { act, done } from '../engine/kubernetes/act.ts'
import { openApi, type KubernetesApi } from '../engine/kubernetes/api.ts'
import { countRequests } from '../engine/kubernetes/request-count.ts'
import { faultOf } from './open-fault.ts'

let server: Server
let api: KubernetesApi
let history: History
let status: number
let asked: string[]

beforeEach(async () => {
  status = 200
  asked = []
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
})

function site(): FaultSite {
  const cluster = { images: [] } as Partial<ClusterRecord> as ClusterRecord
  return { api, cluster, history, namespace: 'hf-a', signal: new AbortController().signal, registerRevert: () => undefined }
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

test('a fault upon an act is injected before the guarantee goes on', async () => {
  await using _ = await open('retain-undone')
  const subject = { kind: 'PersistentVolume', name: 'pv-1' }
  const patch = async (policy: string) =>
    act({
      ...{ history, verb: 'patch', subject, request: { spec: { persistentVolumeReclaimPolicy: policy } } },
      send: async () => void asked.push(policy),
      answer: done,
    })
  await patch('Delete')
  expect(phases()).toEqual([])
  await patch('Retain')
  expect(phases()).toEqual(['requested', 'accepted'])
  await patch('Retain')
  const undone = 'PATCH /api/v1/persistentvolumes/pv-1 {"spec":{"persistentVolumeReclaimPolicy":"Delete"}}'
  expect(asked).toEqual(['Delete', 'Retain', undone, 'Retain'])
})

test('an act waits for what somebody else is about to do', async () => {
  await using _ = await open('pod-force-deleted')
  see('Pod', { metadata: { name: 'web-0', deletionTimestamp: '2026-01-01T00:00:00Z' } })
  await act({
    history,
    verb: 'scale',
    subject: { kind: 'StatefulSet', name: 'web' },
    send: async () => void asked.push('scale'),
    answer: done,
  })
  expect(asked.map((line) => line.split(' ')[0])).toEqual(['DELETE', 'scale'])
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

test('the store of a second cluster is hit, and nothing else there', () => {
  expect(faultOf('stored-object-deleted')?.openAtStore).toBeDefined()
  expect(faultOf('pod-force-deleted')?.openAtStore).toBeUndefined()
  expect(faultOf('second-velero')?.openAtStore).toBeUndefined()
})
