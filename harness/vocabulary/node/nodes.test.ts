import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../../contract/owner.ts'
import type { Subject } from '../../../contract/subject.ts'
import { openHistory } from '../../engine/history/history.ts'
import { openApi } from '../../engine/kubernetes/api.ts'
import { startScriptedApiServer } from '../../engine/kubernetes/scripted-api-server.ts'
import { tearDown } from '../../engine/fixtures/tear-down.ts'
import { nodeActs } from './nodes.ts'
import { openReverts } from '../../engine/fixtures/reverts.ts'

/** Two nodes, and a program in place of the container engine that notes its arguments and keeps what state a container is in. */
async function started(record: Partial<ClusterRecord> = { features: ['NodeScheduling', 'NodeControl'] }) {
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
  const script = [
    '#!/bin/sh',
    `echo "$*" >> ${directory}/calls`,
    `for container; do :; done`,
    `[ -e ${directory}/broken-$container ] && { echo "no such container: $container"; exit 1; }`,
    `case "$1" in`,
    `  pause) echo paused > ${directory}/$container ;;`,
    `  unpause) echo running > ${directory}/$container ;;`,
    `  inspect) cat ${directory}/$container ;;`,
    `esac`,
  ]
  writeFileSync(join(directory, 'docker'), script.join('\n'))
  chmodSync(join(directory, 'docker'), 0o755)
  process.env['PATH'] = `${directory}${delimiter}${path}`
  const names = ['worker', 'worker2']
  for (const name of names) {
    server.put(`/api/v1/nodes/${name}`, { metadata: {}, status: { conditions: [{ type: 'Ready', status: 'True' }] } })
    writeFileSync(join(directory, `c-${name}`), 'running')
  }
  const nodes = names.map((name) => ({ name, container: `c-${name}`, role: 'worker', zone: 'a', address: '' }))
  const cluster = { name: 'holdfast-unit', nodes, ...record } as unknown as ClusterRecord
  const [history, reverts, over] = [openHistory(), openReverts(), new AbortController()]
  const acts = nodeActs({ api, cluster, history, namespace: 'hf-1', reverts, signal: over.signal })
  const calls = () => readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n')
  return {
    server,
    acts,
    reverts,
    history,
    over,
    calls,
    breakContainer: (name: string) => writeFileSync(join(directory, `broken-c-${name}`), ''),
  }
}

test('nodes are whole again, the last one first, after the guarantee is over', async () => {
  const { acts, reverts, over, calls, history } = await started()
  await acts.pause('worker')
  await acts.pause('worker2')
  over.abort()
  history.seal()
  expect(await tearDown(reverts.take())).toEqual([])
  expect(calls().filter((call) => !call.startsWith('inspect'))).toEqual([
    'pause c-worker',
    'pause c-worker2',
    'unpause c-worker2',
    'unpause c-worker',
  ])
})

test('one that cannot be reverted is a finding, and the other is whole again', async () => {
  const { acts, reverts, calls, breakContainer } = await started()
  await acts.pause('worker')
  await acts.pause('worker2')
  breakContainer('worker2')
  const findings = await tearDown(reverts.take())
  expect(findings).toEqual([expect.stringMatching(/^Reverting node worker2 failed: "docker inspect [^]*no such container: c-worker2/)])
  expect(calls().at(-1)).toBe('unpause c-worker')
})

test('nothing is done to a node once the guarantee is over', async () => {
  const { acts, over, reverts, calls } = await started()
  await acts.pause('worker')
  over.abort()
  await expect(acts.pause('worker2')).rejects.toThrow('aborted')
  await tearDown(reverts.take())
  await expect(acts.pause('worker2')).rejects.toThrow('The guarantee has ended: node worker2 cannot be changed any more.')
  expect(calls()).not.toContain('pause c-worker2')
})

test('on a cluster of somebody else only nodes that were named are touched, and no container engine is asked', async () => {
  const { server, acts, reverts } = await started({ features: ['NodeScheduling'], disruptiveNodes: ['worker'] })
  await acts.cordon('worker')
  await expect(acts.cordon('worker2')).rejects.toThrow(
    'Node worker2 of cluster holdfast-unit is left alone: --disruptive-nodes names worker.',
  )
  await expect(acts.taint('worker2')).rejects.toThrow('is left alone')
  await expect(acts.drain('worker2')).rejects.toThrow('is left alone')
  await expect(acts.stop('worker')).rejects.toThrow('Cluster holdfast-unit lacks NodeControl')
  expect(server.requests.filter((request) => request.startsWith('PATCH'))).toEqual(['PATCH /api/v1/nodes/worker'])
  expect(await tearDown(reverts.take())).toEqual([])
})

test("a node is whole again once the Pods of a driver of the user's are, wherever they are now", async () => {
  const { server, acts, reverts } = await started({
    features: ['NodeScheduling'],
    subject: { namespaces: ['storage'] } as unknown as Subject,
  })
  const pod = (status: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: { nodeName: 'worker2' }, status })
  server.put('/api/v1/namespaces/storage/pods/prepared', pod({ phase: 'Succeeded' }))
  server.put('/api/v1/namespaces/storage/pods/controller', pod({ phase: 'Pending' }))
  await acts.cordon('worker')
  const reverted = tearDown(reverts.take())
  await vi.waitFor(() => expect(server.requests.filter((each) => each === 'GET /api/v1/namespaces/storage/pods')).toHaveLength(2))
  server.put('/api/v1/namespaces/storage/pods/controller', pod({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }))
  expect(await reverted).toEqual([])
})

test('a drain leaves Pods of others that nothing would make again', async () => {
  const { server, acts, reverts } = await started({ features: ['NodeScheduling'] })
  const ownerReferences = [{ kind: 'ReplicaSet', name: 'controller', uid: 'uid' }]
  const pods = [
    ['hf-1', 'bare', {}],
    ['storage', 'controller', { ownerReferences }],
    ['storage', 'driver', {}],
  ] as const
  for (const [namespace, name, metadata] of pods) {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, namespace }, spec: { nodeName: 'worker' }, status: {} }
    server.put(`/api/v1/pods/${name}`, pod)
  }
  await acts.drain('worker')
  expect(server.requests.filter((request) => request.endsWith('/eviction')).toSorted()).toEqual([
    'POST /api/v1/namespaces/hf-1/pods/bare/eviction',
    'POST /api/v1/namespaces/storage/pods/controller/eviction',
  ])
  await tearDown(reverts.take())
})
