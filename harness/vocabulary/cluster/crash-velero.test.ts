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
import { commandLineOf } from './command-line.ts'
import { crashVelero } from './crash-velero.ts'

test('the server is killed on its node, and its Pod has been replaced when the act returns', async () => {
  const directory = programOnPath('docker', (own) => `echo "$*" >> ${own}/calls`)
  const server = await startScriptedApiServer()
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    await server[Symbol.asyncDispose]()
  })
  const pods = '/api/v1/namespaces/velero/pods'
  const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
  const serverPod = (name: string) => server.put(`${pods}/${name}`, { metadata: {}, spec: { nodeName: 'worker' }, status: ready })
  serverPod('one')
  server.on('DELETE', /\/pods\/one$/, () => serverPod('two'))
  const [nodes, velero] = [[{ name: 'worker', container: 'c-worker' }], { namespace: 'velero' }]
  const cluster = { name: 'holdfast-unit', nodes, velero, features: ['ComponentControl'] }
  const [history, reverts] = [openHistory(), openReverts()]

  await crashVelero({ api, cluster: cluster as unknown as ClusterRecord, history, reverts, signal: new AbortController().signal })

  expect(readFileSync(join(directory, 'calls'), 'utf8')).toBe('exec c-worker pkill -KILL -f -- ^([^ ]*/)?velero server\n')
  expect(server.paths().filter((one) => one.startsWith(`${pods}/`))).toEqual([`${pods}/two`])
  expect(await tearDown(reverts.take())).toEqual([])
})

test('the server is known by its name, wherever its binary lies, and the node agent is not it', () => {
  const pattern = new RegExp(commandLineOf('velero', 'server'))
  expect(['/velero server --uploader-type=kopia', '/opt/mutants/velero server'].filter((line) => !pattern.test(line))).toEqual([])
  expect(['/velero node-agent server', 'pkill -f /velero server'].filter((line) => pattern.test(line))).toEqual([])
})
