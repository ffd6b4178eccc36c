import { expect, onTestFinished, test } from 'vitest'
import { openHistory } from '../../../engine/history/history.ts'
import { obstacleTo } from '../../../engine/judge/obstacle.ts'
import { openApi } from '../../../engine/kubernetes/api.ts'
import { startScriptedApiServer } from '../../../engine/kubernetes/scripted-api-server.ts'
import { lookForSlowPulls } from './slow-pull.ts'

const pod = { name: 'db-0', uid: 'p', resourceVersion: '1' }

/** What is in the way of a wait where kubelet said this of the containers of Pod db-0, whose phase is this. */
async function inTheWay(said: readonly (readonly [reason: string, container: string])[], phase = 'Pending') {
  const server = await startScriptedApiServer()
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    await server[Symbol.asyncDispose]()
  })
  const items = said.map(([reason, container], place) => ({
    metadata: { name: `e${place}` },
    involvedObject: { kind: 'Pod', name: 'db-0', uid: 'p', fieldPath: `spec.containers{${container}}` },
    ...{ reason, message: `${reason} image "registry.example.com/postgres:15".` },
  }))
  server.put('/api/v1/namespaces/hf-1/events', { metadata: {}, items })
  server.put('/api/v1/namespaces/hf-1/pods/db-0', { metadata: pod, status: { phase } })
  const history = openHistory()
  await lookForSlowPulls({ api, history, namespace: 'hf-1', signal: new AbortController().signal })
  return { history, of: (kind: string) => obstacleTo([kind], history.entries) }
}

test('a Pod whose image is still being pulled is no fault of what is judged', async () => {
  const { of } = await inTheWay([['Pulling', 'server']])
  expect(of('Pod')).toBe(
    'kubelet still pulls an image for Pod db-0: Pulling image "registry.example.com/postgres:15". Run the guarantee again once the nodes have the image.',
  )
  expect(of('StatefulSet')).toBe(of('Pod'))
  expect(of('PersistentVolumeClaim')).toBeUndefined()
})

test('one that waits for the image of another container, or after a pull that failed, still waits', async () => {
  const other = [['Pulled', 'main'] as const, ['Pulling', 'server'] as const]
  expect((await inTheWay(other)).of('Pod')).toBeDefined()
  const again = [['Pulling', 'server'] as const, ['Failed', 'server'] as const]
  expect((await inTheWay(again)).of('Pod')).toBeDefined()
})

test('a Pod that has its image, or has begun, is judged', async () => {
  expect((await inTheWay([['Pulled', 'server']])).of('Pod')).toBeUndefined()
  const has = [['Pulling', 'server'] as const, ['Pulled', 'server'] as const]
  expect((await inTheWay(has)).of('Pod')).toBeUndefined()
  expect((await inTheWay([['Pulling', 'server']], 'Running')).of('Pod')).toBeUndefined()
})

test('a Pod that is seen to begin later, or is deleted, is in the way of nothing', async () => {
  const { history, of } = await inTheWay([['Pulling', 'server']])
  history.append({ type: 'observation', event: 'MODIFIED', kind: 'Pod', object: { metadata: pod, status: { phase: 'Pending' } } })
  expect(of('Pod')).toBeDefined()
  history.append({ type: 'observation', event: 'MODIFIED', kind: 'Pod', object: { metadata: pod, status: { phase: 'Running' } } })
  expect(of('Pod')).toBeUndefined()
})
