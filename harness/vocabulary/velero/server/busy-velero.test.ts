import { expect, onTestFinished, test } from 'vitest'
import type { VeleroRecord } from '../../../../contract/cluster-record.ts'
import { openHistory } from '../../../engine/history/history.ts'
import { obstacleTo } from '../../../engine/judge/obstacle.ts'
import { openApi } from '../../../engine/kubernetes/api.ts'
import { startScriptedApiServer } from '../../../engine/kubernetes/scripted-api-server.ts'
import { lookForBusyVelero } from './busy-velero.ts'

const ours: VeleroRecord = { namespace: 'backups', location: 'main', faultyLocations: {} }
const theirs: VeleroRecord = { ...ours, shared: { snapshotLocations: [] } }

/** What is in the way of a wait for a Backup of ours in a phase, beside one of somebody else. */
async function inTheWay({ velero = theirs, phase, other = 'InProgress' }: { velero?: VeleroRecord; phase?: string; other?: string }) {
  const server = await startScriptedApiServer()
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    await server[Symbol.asyncDispose]()
  })
  server.put('/apis/velero.io/v1/namespaces/backups/backups/nightly', { metadata: {}, status: { phase: other } })
  server.put('/apis/velero.io/v1/namespaces/backups/backups/hf-1-other', { metadata: {}, status: { phase: 'InProgress' } })
  const history = openHistory()
  const object = { metadata: { name: 'hf-1-taken', uid: 'b', resourceVersion: '1' }, ...(phase !== undefined && { status: { phase } }) }
  history.append({ type: 'observation', event: 'ADDED', kind: 'Backup', object })
  await lookForBusyVelero({ api, history, namespace: 'hf-1', velero, signal: new AbortController().signal })
  return obstacleTo(['Backup'], history.entries)
}

test('a Backup that waits for those of others is no fault of what is judged', async () => {
  const sentence =
    'Velero did not begin Backup hf-1-taken: it works on Backup nightly for somebody else. Run the guarantee when it has less to do.'
  expect(await inTheWay({})).toBe(sentence)
  expect(await inTheWay({ phase: 'New' })).toBe(sentence)
})

test('a Backup that was begun, a Velero without other work and one of ours are judged', async () => {
  expect(await inTheWay({ phase: 'InProgress' })).toBeUndefined()
  expect(await inTheWay({ other: 'Completed' })).toBeUndefined()
  expect(await inTheWay({ velero: ours })).toBeUndefined()
})
