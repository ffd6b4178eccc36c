import { expect, onTestFinished, test } from 'vitest'
import { podReady } from '../conditions.ts'
import { openHistory } from '../../engine/history/history.ts'
import type { Watch } from '../../engine/history/watch-list.ts'
import { wait } from '../../engine/judge/wait.ts'
import { openApi } from '../../engine/kubernetes/api.ts'
import { startScriptedApiServer } from '../../engine/kubernetes/scripted-api-server.ts'
import { rejudge } from '../../rejudge.ts'
import { lookForRefusedPods } from './refused-pods.ts'

const quota =
  'Create Pod web-0 in StatefulSet web failed error: pods "web-0" is forbidden: exceeded quota: none, requested: pods=1, limited: pods=0'

const refusedAt = '2026-11-28T10:00:00Z'

/** A wait for Pod web-0 that comes to nothing, in a namespace where a StatefulSet was told this. */
async function waitedFor(message: string, { madeAt }: { readonly madeAt?: string } = {}) {
  const server = await startScriptedApiServer()
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    await server[Symbol.asyncDispose]()
  })
  const event = { metadata: { name: 'e' }, involvedObject: { kind: 'StatefulSet', name: 'web' }, message, lastTimestamp: refusedAt }
  server.put('/api/v1/namespaces/hf-1/events', { metadata: {}, items: [event] })
  const history = openHistory()
  const { signal } = new AbortController()
  history.beforeGivingUp(async () => lookForRefusedPods({ api, history, namespace: 'hf-1', signal }))
  const watch: Watch = { kind: 'Pod', down: () => undefined, catchUp: async () => undefined, [Symbol.asyncDispose]: async () => undefined }
  history.watches.add({ watch, key: 'pods', fromTheBeginning: true })
  if (madeAt !== undefined) {
    const metadata = { name: 'web-0', uid: 'p', resourceVersion: '1', creationTimestamp: madeAt }
    history.append({ type: 'observation', event: 'ADDED', kind: 'Pod', object: { metadata } })
  }
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

test.each([
  'create Claim data-web-0 for Pod web-0 in StatefulSet web failed error: persistentvolumeclaims "data-web-0" is forbidden: exceeded quota',
  'create Pod web-0 in StatefulSet web failed error: pods "web-0" is forbidden: error looking up service account hf-1/default',
  'create Pod web-0 in StatefulSet web failed error: Pod "web-0" is invalid: spec.containers: Required value',
])('is something else: %s', async (message) => {
  const { history, record } = await waitedFor(message)
  expect(record.outcome).toBe('violated')
  expect(history.entries).toEqual([])
})

test('a Pod that was let in after all was not kept from anything', async () => {
  expect((await waitedFor(quota, { madeAt: '2026-11-28T10:00:05Z' })).record.outcome).toBe('violated')
  expect((await waitedFor(quota, { madeAt: '2026-11-28T09:59:00Z' })).record.outcome).toBe('inconclusive')
})
