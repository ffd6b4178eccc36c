import { expect, onTestFinished, test } from 'vitest'
import { podReady } from '../../conditions.ts'
import { openHistory } from '../../../engine/history/history.ts'
import type { Watch } from '../../../engine/history/watch-list.ts'
import { wait } from '../../../engine/judge/wait.ts'
import { openApi } from '../../../engine/kubernetes/api.ts'
import { startScriptedApiServer } from '../../../engine/kubernetes/scripted-api-server.ts'
import { rejudge } from '../../../rejudge.ts'
import { lookForRefusedPods } from './refused-pods.ts'

const quota =
  'Create Pod web-0 in StatefulSet web failed error: pods "web-0" is forbidden: exceeded quota: none, requested: pods=1, limited: pods=0'

const pvcQuota =
  'create Claim data-web-0 for Pod web-0 in StatefulSet web failed error: persistentvolumeclaims "data-web-0" is forbidden: ' +
  'exceeded quota: team, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=0, limited: persistentvolumeclaims=0'

const podsPvcLimit =
  'create Pod web-0 in StatefulSet web failed error: failed to create PVC data-web-0: persistentvolumeclaims "data-web-0" is forbidden: ' +
  'maximum storage usage per PersistentVolumeClaim is 1Mi, but request is 16Mi'

type Unplaced = Parameters<ReturnType<typeof openHistory>['append']>[0]

/** An object was made at that time, as a watch says it. */
function made(kind: string, name: string, creationTimestamp: string): Unplaced {
  const metadata = { name, uid: name, resourceVersion: '1', creationTimestamp }
  return { type: 'observation', event: 'ADDED', kind, object: { metadata } }
}

/** What a suite did that made a ResourceQuota of its own. */
function quotaMade(name: string): Unplaced {
  return { type: 'act', actId: '1', verb: 'create', subject: { kind: 'ResourceQuota', name }, phase: 'requested' }
}

const refusedAt = '2026-11-28T10:00:00Z'

/** A wait for Pod web-0 that comes to nothing, in a namespace where a StatefulSet was told this. */
async function waitedFor(
  message: string,
  { by = 'StatefulSet web', reason = 'FailedCreate', before = [] }: { by?: string; reason?: string; before?: readonly Unplaced[] } = {},
) {
  const server = await startScriptedApiServer()
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    await server[Symbol.asyncDispose]()
  })
  const [kind, name] = by.split(' ')
  const event = { metadata: { name: 'e' }, involvedObject: { kind, name }, reason, message, lastTimestamp: refusedAt }
  server.put('/api/v1/namespaces/hf-1/events', { metadata: {}, items: [event] })
  const history = openHistory()
  const { signal } = new AbortController()
  history.beforeGivingUp(async () => lookForRefusedPods({ api, history, namespace: 'hf-1', signal }))
  const watch: Watch = { kind: 'Pod', down: () => undefined, catchUp: async () => undefined, [Symbol.asyncDispose]: async () => undefined }
  history.watches.add({ watch, key: 'pods', fromTheBeginning: true })
  for (const entry of before) history.append(entry)
  const observer = { kinds: ['Pod'], history, subject: 'Pods of hf-1', watches: [watch], signal }
  return { history, record: await wait({ verb: 'toReach', observer, condition: podReady({ pod: 'web-0' }), within: 0.01 }) }
}

test('a Pod that a quota refuses is no fault of what is judged', async () => {
  const { history, record } = await waitedFor(quota)
  expect(record.outcome).toBe('inconclusive')
  expect(record.reason?.summary).toBe(
    `Pods of hf-1 cannot reach "Pod web-0 Running and Ready": the cluster does not let StatefulSet web make its Pod: ${quota}. ` +
      'Have its admission accept the Pods of suites, or set under "workload" in holdfast.yaml what it asks of them.',
  )
  expect(rejudge(history.entries, [record])).toMatchObject([{ outcome: 'inconclusive' }])
})

test.each([
  'create Pod web-0 in StatefulSet web failed error: admission webhook "policy.example.com" denied the request: no team label',
  'Error creating: pods "web-x" is forbidden: violates PodSecurity "restricted:latest": privileged',
  'create Pod web-0 in StatefulSet web failed error: Internal error occurred: failed calling webhook "inject.example.com": timed out',
])('%s', async (message) => {
  expect((await waitedFor(message)).record.outcome).toBe('inconclusive')
})

test.each([pvcQuota, podsPvcLimit])('a PVC that admission refuses is no fault of what is judged: %s', async (message) => {
  const { history, record } = await waitedFor(message)
  expect(record.outcome).toBe('inconclusive')
  expect(record.reason?.summary).toBe(
    `Pods of hf-1 cannot reach "Pod web-0 Running and Ready": the cluster does not let StatefulSet web make its PVC: ${message}. ` +
      'Have its admission accept the PVCs of suites, by their number, size and class.',
  )
  expect(rejudge(history.entries, [record])).toMatchObject([{ outcome: 'inconclusive' }])
})

test('the PVC of an ephemeral volume that admission refuses is no fault of what is judged', async () => {
  const message = 'ephemeral volume data: create PVC web-0-data: persistentvolumeclaims "web-0-data" is forbidden: exceeded quota: team'
  const { record } = await waitedFor(message, { by: 'Pod web-0', reason: 'FailedBinding' })
  expect(record.outcome).toBe('inconclusive')
  expect(record.reason?.summary).toContain(`the cluster does not let Pod web-0 make its PVC: ${message}. Have`)
})

test('what a quota refuses that the suite made itself is judged', async () => {
  expect((await waitedFor(pvcQuota, { before: [quotaMade('team')] })).record.outcome).toBe('violated')
  expect((await waitedFor(quota, { before: [quotaMade('none')] })).record.outcome).toBe('violated')
  expect((await waitedFor(pvcQuota, { before: [quotaMade('tea')] })).record.outcome).toBe('inconclusive')
})

test.each([
  'create Pod web-0 in StatefulSet web failed error: pods "web-0" is forbidden: error looking up service account hf-1/default',
  'create Pod web-0 in StatefulSet web failed error: Pod "web-0" is invalid: spec.containers: Required value',
])('is something else: %s', async (message) => {
  const { history, record } = await waitedFor(message)
  expect(record.outcome).toBe('violated')
  expect(history.entries).toEqual([])
})

test('a Pod that was let in after all was not kept from anything', async () => {
  expect((await waitedFor(quota, { before: [made('Pod', 'web-0', '2026-11-28T10:00:05Z')] })).record.outcome).toBe('violated')
  expect((await waitedFor(quota, { before: [made('Pod', 'web-0', '2026-11-28T09:59:00Z')] })).record.outcome).toBe('inconclusive')
})

test('what was let in within the second of its refusal was not kept from anything: times of the API server have no fractions', async () => {
  expect((await waitedFor(quota, { before: [made('Pod', 'web-0', refusedAt)] })).record.outcome).toBe('violated')
})

test.each([
  ['PersistentVolumeClaim', 'data-web-0', 'violated'],
  ['PersistentVolumeClaim', 'data-web-1', 'inconclusive'],
  ['Pod', 'web-0', 'violated'],
])('%s %s, made after a PVC had been refused: %s', async (kind, name, outcome) => {
  for (const message of [pvcQuota, podsPvcLimit]) {
    const { record } = await waitedFor(message, { before: [made(kind, name, '2026-11-28T10:00:05Z')] })
    expect(record.outcome).toBe(outcome)
  }
})
