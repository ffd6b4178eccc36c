import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { openReverts } from '../../engine/fixtures/reverts.ts'
import { tearDown } from '../../engine/fixtures/tear-down.ts'
import { openHistory } from '../../engine/history/history.ts'
import { openApi } from '../../engine/kubernetes/api.ts'
import { startScriptedApiServer } from '../../engine/kubernetes/scripted-api-server.ts'
import { crashNodePlugin } from './node-plugin.ts'

test('the driver of one node is killed, and the Pod around it has been replaced when the act returns', async () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const server = await startScriptedApiServer()
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  const path = process.env['PATH'] ?? ''
  onTestFinished(async () => {
    process.env['PATH'] = path
    api.close()
    await server[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true })
  })
  writeFileSync(join(directory, 'docker'), `#!/bin/sh\necho "$*" >> ${directory}/calls\n`)
  chmodSync(join(directory, 'docker'), 0o755)
  process.env['PATH'] = `${directory}${delimiter}${path}`
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
