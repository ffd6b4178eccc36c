import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { programOnPath } from '../../../contract/program-on-path.ts'
import { openReverts } from '../../engine/fixtures/reverts.ts'
import { tearDown } from '../../engine/fixtures/tear-down.ts'
import { openHistory } from '../../engine/history/history.ts'
import { openApi } from '../../engine/kubernetes/api.ts'
import { startScriptedApiServer } from '../../engine/kubernetes/scripted-api-server.ts'
import { crashNodePlugin } from './node-plugin.ts'

test('the driver of one node is killed, and the Pod around it has been replaced when the act returns', async () => {
  const directory = programOnPath('docker', (own) => `echo "$*" >> ${own}/calls`)
  const server = await startScriptedApiServer()
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    await server[Symbol.asyncDispose]()
  })
  const pods = '/api/v1/namespaces/holdfast-system/pods'
  const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
  const driverOn = (name: string, node: string) => server.put(`${pods}/${name}`, { metadata: {}, spec: { nodeName: node }, status: ready })
  driverOn('one', 'worker')
  driverOn('two', 'worker2')
  server.on('DELETE', /\/pods\/one$/, () => driverOn('three', 'worker'))
  const nodes = ['worker', 'worker2'].map((name) => ({ name, container: `c-${name}` }))
  const cluster = { name: 'holdfast-unit', nodes } as unknown as ClusterRecord
  const [history, reverts] = [openHistory(), openReverts()]

  await crashNodePlugin('worker', { api, cluster, history, reverts, signal: new AbortController().signal })

  expect(readFileSync(join(directory, 'calls'), 'utf8')).toBe('exec c-worker pkill -KILL -f -- --mode=node\n')
  expect(server.paths().filter((one) => one.startsWith(`${pods}/`))).toEqual([`${pods}/two`, `${pods}/three`])
  expect(await tearDown(reverts.take())).toEqual([])
})
