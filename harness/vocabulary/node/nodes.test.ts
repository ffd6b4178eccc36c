import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { programOnPath } from '../../../contract/program-on-path.ts'
import type { Subject } from '../../../contract/subject.ts'
import { openHistory } from '../../engine/history/history.ts'
import { openApi } from '../../engine/kubernetes/api.ts'
import { startScriptedApiServer } from '../../engine/kubernetes/scripted-api-server.ts'
import { tearDown } from '../../engine/fixtures/tear-down.ts'
import { nodeActs } from './nodes.ts'
import { openReverts } from '../../engine/fixtures/reverts.ts'

/** A program in place of the container engine: it notes its arguments and keeps what state a container is in. */
const engineScript = (directory: string): string =>
  [
    `echo "$*" >> ${directory}/calls`,
    `for container; do :; done`,
    `[ -e ${directory}/broken-$container ] && { echo "no such container: $container"; exit 1; }`,
    `case "$1" in`,
    `  pause) echo paused > ${directory}/$container ;;`,
    `  unpause | start) echo running > ${directory}/$container ;;`,
    `  stop | kill) echo exited > ${directory}/$container ;;`,
    `  inspect) cat ${directory}/$container ;;`,
    `  exec)`,
    `    cut=${directory}/cut-$2`,
    `    case "$*" in`,
    `      *"add chain"*) echo table inet holdfast-partition > $cut ;;`,
    `      *"delete table"*) rm -f $cut ;;`,
    `      *"list tables"*) echo table ip nat; cat $cut 2> /dev/null ;;`,
    `      *"containers list"*) cat ${directory}/containers-of-$2 ;;`,
    `      *"tasks list"*) printf 'TASK PID STATUS\nabc 1 STOPPED\ndef 2 RUNNING\nother 3 RUNNING\n' ;;`,
    `      *kubelet.conf*) echo 'HTTP/1.0 400 Bad Request' ;;`,
    `      *"tasks exec"*) echo '{"record":7}' ;;`,
    `      *"kubectl"*) echo "cannot delete Pods" >&2; exit 1 ;;`,
    `    esac; : ;;`,
    `esac`,
  ].join('\n')

/** Two nodes in containers of such an engine. */
async function started(record: Partial<ClusterRecord> = { features: ['NodeScheduling', 'NodeControl'] }) {
  const directory = programOnPath('docker', engineScript)
  const server = await startScriptedApiServer()
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    await server[Symbol.asyncDispose]()
  })
  const names = ['worker', 'worker2']
  for (const name of names) {
    server.put(`/api/v1/nodes/${name}`, { metadata: {}, status: { conditions: [{ type: 'Ready', status: 'True' }] } })
    writeFileSync(join(directory, `c-${name}`), 'running')
  }
  const workers = names.map((name) => ({ name, container: `c-${name}`, role: 'worker', zone: 'a', address: '' }))
  const nodes = [{ name: 'control-plane', container: 'c-control-plane', role: 'control-plane', zone: 'a', address: '' }, ...workers]
  const cluster = { name: 'holdfast-unit', nodes, ...record } as unknown as ClusterRecord
  const [history, reverts, over] = [openHistory(), openReverts(), new AbortController()]
  const acts = nodeActs({ api, cluster, history, namespace: 'hf-1', reverts, signal: over.signal })
  const calls = () => readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n')
  return {
    api,
    server,
    acts,
    reverts,
    history,
    over,
    calls,
    changes: () => calls().filter((call) => !/^inspect | list tables$/.test(call)),
    runsOn: (name: string, ids: readonly string[]) => writeFileSync(join(directory, `containers-of-c-${name}`), ids.join('\n')),
    breakContainer: (name: string) => writeFileSync(join(directory, `broken-c-${name}`), ''),
  }
}

test('nodes are whole again, the last one first, after the guarantee is over', async () => {
  const { acts, reverts, over, changes, history } = await started()
  await acts.pause('worker')
  await acts.kill('worker2')
  over.abort()
  history.seal()
  expect(await tearDown(reverts.take())).toEqual([])
  expect(changes()).toEqual(['pause c-worker', 'kill c-worker2', 'start c-worker2', 'unpause c-worker'])
})

test('a node that was disconnected is reconnected after the guarantee is over, and not once more when the suite did it', async () => {
  const { acts, reverts, over, changes } = await started()
  await acts.disconnect('worker')
  await acts.disconnect('worker2')
  await acts.reconnect('worker2')
  over.abort()
  expect(await tearDown(reverts.take())).toEqual([])
  const [cut, joined] = ['add table inet holdfast-partition; add chain', 'add table inet holdfast-partition; delete table']
  expect(changes()).toEqual([
    expect.stringContaining(`exec c-worker nft ${cut}`),
    expect.stringContaining(`exec c-worker2 nft ${cut}`),
    expect.stringContaining(`exec c-worker2 nft ${joined}`),
    expect.stringContaining(`exec c-worker nft ${joined}`),
  ])
})

test('a node that was taken out of service is put back after the guarantee is over', async () => {
  const { acts, reverts, api, history } = await started()
  await acts.stop('worker')
  await acts.takeOutOfService('worker')
  expect(history.entries.findLast((entry) => entry.type === 'act' && entry.phase === 'requested')).toMatchObject({
    verb: 'take-out-of-service',
    request: { spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }] } },
  })
  expect(await tearDown(reverts.take())).toEqual([])
  const { spec } = await api.send<{ readonly spec: object }>({ path: '/api/v1/nodes/worker' })
  expect(spec).toEqual({ taints: [] })
})

test('no node is disconnected on a cluster of somebody else', async () => {
  const { acts, reverts } = await started({ features: ['NodeScheduling'] })
  await expect(acts.disconnect('worker')).rejects.toThrow('Cluster holdfast-unit lacks NodeControl')
  expect(await tearDown(reverts.take())).toEqual([])
})

test('a command runs in the one container that a node has of a Pod, and nowhere when it has none or several', async () => {
  const { acts, runsOn, calls, history } = await started()
  const { exec } = acts.containersOn('worker')
  runsOn('worker', ['abc'])
  expect(await exec('web-0', ['node', 'workload.mjs', 'position'])).toMatchObject({ exitCode: 0, stdout: '{"record":7}' })
  const filter = 'labels."io.kubernetes.pod.name"==web-0,labels."io.kubernetes.pod.namespace"==hf-1'
  expect(calls().at(-2)).toContain(`exec c-worker ctr --namespace k8s.io containers list --quiet ${filter}`)
  expect(calls().at(-1)).toMatch(/tasks exec --exec-id \S+ abc node workload\.mjs position$/)
  expect(history.entries.at(-1)).toMatchObject({ verb: 'exec-on-node', phase: 'accepted', subject: { kind: 'Pod', name: 'web-0' } })
  runsOn('worker', [])
  await expect(exec('web-0', ['true'])).rejects.toThrow('Node c-worker has no container of Pod web-0.')
  runsOn('worker', ['abc', 'def'])
  await expect(exec('web-0', ['true'])).rejects.toThrow('Node c-worker has 2 containers of Pod web-0.')
})

test('a node tells which containers of a Pod run there, and what it hears of the API server', async () => {
  const { acts, runsOn } = await started()
  const { running, askApiServer } = acts.containersOn('worker')
  runsOn('worker', ['abc', 'def'])
  expect(await running('web-0')).toEqual(['def'])
  runsOn('worker', [])
  expect(await running('web-0')).toEqual([])
  expect(await askApiServer()).toBe('HTTP/1.0 400 Bad Request')
})

test('a kubelet is restarted on a cluster of ours alone', async () => {
  const { acts, calls } = await started()
  await acts.restartKubelet('worker')
  expect(calls().join('\n')).toMatch(/exec c-worker sh -c set -e[^]*systemctl restart kubelet/)
  const strange = await started({ features: ['NodeScheduling'] })
  await expect(strange.acts.restartKubelet('worker')).rejects.toThrow('Cluster holdfast-unit lacks NodeControl')
})

test('kubectl drains a cordoned node, and a refusal is a result', async () => {
  const { acts, calls, history, server } = await started()
  const drain = { label: 'first', pods: 'app=web', within: 15, flags: ['--force'] } as const
  expect(await acts.drainByKubectl('worker', drain)).toEqual({ node: 'worker', label: 'first' })
  const flags = '--ignore-daemonsets --pod-selector=app=web --timeout=15s --force'
  expect(calls().at(-1)).toBe(`exec c-control-plane kubectl --kubeconfig /etc/kubernetes/admin.conf drain worker ${flags}`)
  expect(history.entries.at(-1)).toMatchObject({ what: 'drain', value: { exitCode: 1, said: 'cannot delete Pods' } })
  expect(server.requests).toContain('PATCH /api/v1/nodes/worker')
})

test('a Node object that was deleted is there again as it was, before the node is started, and after the guarantee is over', async () => {
  const { acts, reverts, over, server, api, changes } = await started()
  const path = '/api/v1/nodes/worker'
  const status = { conditions: [{ type: 'Ready', status: 'True' }] }
  const node = { metadata: { labels: { zone: 'a' } }, spec: { podCIDR: '10.0.1.0/24' } }
  server.put(path, { ...node, status })
  // The kubelet of a node says that it is Ready.
  server.on('POST', /nodes$/, () => void api.send({ path }).then((made) => server.put(path, { ...made, status })))
  await acts.stop('worker')
  await acts.delete('worker')
  expect(server.paths()).not.toContain(path)
  await acts.start('worker')
  expect(await api.send({ path })).toMatchObject(node)
  await acts.delete('worker')
  over.abort()
  expect(await tearDown(reverts.take())).toEqual([])
  expect(await api.send({ path })).toMatchObject(node)
  expect(changes()).toEqual(['stop c-worker', 'start c-worker'])
})

test('one that cannot be reverted is a finding, and the other is whole again', async () => {
  const { acts, reverts, changes, breakContainer } = await started()
  await acts.pause('worker')
  await acts.pause('worker2')
  breakContainer('worker2')
  const findings = await tearDown(reverts.take())
  expect(findings).toEqual([expect.stringMatching(/^Reverting node worker2 failed: "docker inspect [^]*no such container: c-worker2/)])
  expect(changes().at(-1)).toBe('unpause c-worker')
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
  const listed = () => server.requests.filter((each) => each === 'GET /api/v1/namespaces/storage/pods').length
  await vi.waitUntil(() => listed() > 1, { timeout: 60_000 })
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
