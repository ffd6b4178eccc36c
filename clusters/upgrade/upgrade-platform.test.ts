import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { programOnPath } from '../../contract/program-on-path.ts'
import { upgradePaths, type UpgradeProgress } from '../../contract/upgrade.ts'
import { releaseOf } from '../images/kubernetes-release.ts'
import { driverName } from '../profiles/default-profile.ts'
import { type Answer, type Asked, resourcesOf, startApiServer } from '../testing/api-server.ts'
import { ensureTarget, openUpgrade } from './upgrade-platform.ts'
import type { UpgradeRequest } from './upgrade-request.ts'

let directory = ''

beforeEach(() => (directory = mkdtempSync(join(tmpdir(), temporaryPrefix('upgrade')))))

afterEach(() => rmSync(directory, { recursive: true, force: true }))

const [from, to] = [releaseOf('1.36'), releaseOf('1.37')]
const names = ['cp', 'w1'] as const

/** An API server of which kubeadm and kubelets write the version into files: what a command did is seen. */
function platform({ method, path }: Asked): Answer {
  const version = (what: string) => (existsSync(join(directory, what)) ? to.kubernetes : from.kubernetes)
  const list = (kind: string, items: readonly object[]) => ({ body: { apiVersion: 'v1', kind: `${kind}List`, metadata: {}, items } })
  const node = (name: string) => ({
    metadata: { name },
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      nodeInfo: { kubeletVersion: version(`kubelet-${name}`), containerRuntimeVersion: 'containerd://2.0.0' },
    },
  })
  const pod = (name: string) => ({
    metadata: { name: `${name}-cp` },
    spec: { containers: [{ name, image: `registry.k8s.io/${name}:${version('api')}` }] },
    status: { phase: 'Running' },
  })
  if (method !== 'GET') return { status: 405, body: {} }
  if (path === '/version/' || path === '/version') return { body: { gitVersion: version('api') } }
  if (path === '/api/v1') return resourcesOf('v1', { Node: 'nodes', Pod: 'pods', Event: 'events' }, ['Pod', 'Event'])
  if (path === '/apis/apps/v1')
    return resourcesOf('apps/v1', { Deployment: 'deployments', DaemonSet: 'daemonsets' }, ['Deployment', 'DaemonSet'])
  if (path === '/apis/storage.k8s.io/v1') return resourcesOf('storage.k8s.io/v1', { CSINode: 'csinodes' })
  if (path === '/api/v1/nodes') return list('Node', names.map(node))
  if (path.startsWith('/api/v1/nodes/')) return { body: { apiVersion: 'v1', kind: 'Node', ...node(path.split('/').at(-1) ?? '') } }
  if (path === '/api/v1/namespaces/kube-system/pods')
    return list('Pod', ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(pod))
  if (path.endsWith('/pods') || path.endsWith('/events') || path.endsWith('/daemonsets')) return list('Pod', [])
  if (path.endsWith('/deployments'))
    return list('Deployment', [
      { metadata: { generation: 1 }, spec: { replicas: 1 }, status: { observedGeneration: 1, availableReplicas: 1, updatedReplicas: 1 } },
    ])
  if (path.endsWith('/csinodes'))
    return list(
      'CSINode',
      names.map((name) => ({ metadata: { name }, spec: { drivers: [{ name: driverName }] } })),
    )
  return { status: 404, body: { kind: 'Status', code: 404 } }
}

/** A container engine that does what the steps are about: the API server and the kubelets become newer. */
const nodes = (failing: string) => `
echo "$*" >> ${directory}/commands
case "$*" in
  ${failing}) echo "error: no space left on device" >&2; exit 1 ;;
  *ctr*ls*) printf 'registry.k8s.io/%s:v1\\n' kube-apiserver kube-controller-manager kube-scheduler kube-proxy etcd coredns/coredns pause ;;
  *"kubeadm upgrade apply"*) touch ${directory}/api; echo "[upgrade] SUCCESS" ;;
  "exec cp "*"restart kubelet"*) touch ${directory}/kubelet-cp ;;
  "exec w1 "*"restart kubelet"*) touch ${directory}/kubelet-w1 ;;
esac`

async function upgraded(failing = 'nothing') {
  programOnPath('docker', () => nodes(failing))
  const server = await startApiServer(platform)
  const roles = { cp: 'control-plane', w1: 'worker' } as const
  const record = {
    ...{ name: 'holdfast-test', kubeconfig: server.kubeconfig, context: 'test', images: [] },
    nodes: names.map((name) => ({ name, role: roles[name], zone: 'zone-a', container: name, address: '' })),
  } as unknown as ClusterRecord
  const request: UpgradeRequest = { from, to, drained: true, components: {} }
  const said: string[] = []
  const upgrade = await openUpgrade({
    ...{ request, record, target: { nodeImage: 'holdfast.local/node:next', kubelet: undefined }, runDirectory: directory },
    ...{ log: (line) => void said.push(line), signal: new AbortController().signal },
  })
  const progress = () => JSON.parse(readFileSync(upgradePaths(directory).progress, 'utf8')) as UpgradeProgress
  return { upgrade, said, progress, server }
}

test('stage after stage is carried out, and what was seen before and after is kept', async () => {
  const { upgrade, said, progress, server } = await upgraded()
  await using _ = server
  await upgrade.prepare()
  expect(progress().stages).toEqual([])
  for (const stage of ['begin', 'control-plane', 'whole'] as const) await upgrade.carryOut(stage)

  const { changes, drained, steps, stages } = progress()
  expect(changes).toEqual({ kubernetes: { from: from.kubernetes, to: to.kubernetes } })
  expect(drained).toBe(true)
  expect(steps.filter(({ endedAt }) => endedAt === undefined)).toEqual([])
  const seen = stages.map(({ stage, after }) => [stage, after.apiServer, ...after.nodes.map(({ kubelet }) => kubelet)])
  expect(seen).toEqual([
    ['begin', from.kubernetes, from.kubernetes, from.kubernetes],
    ['control-plane', to.kubernetes, from.kubernetes, from.kubernetes],
    ['whole', to.kubernetes, to.kubernetes, to.kubernetes],
  ])
  const log = readdirSync(upgradePaths(directory).logs).find((name) => name.includes('kubeadm-upgrade-apply')) ?? ''
  expect(readFileSync(join(upgradePaths(directory).logs, log), 'utf8')).toMatch(/cp: kubeadm upgrade apply[^]*\[upgrade\] SUCCESS/)
  expect(said.at(-1)).toMatch(/^ {2}w1: system Pods are ready: done after \d+\.\d s$/)
})

test('the container that programs come from is gone before anything is upgraded', async () => {
  const { upgrade, server } = await upgraded()
  await using _ = server
  await upgrade.prepare()
  const commands = readFileSync(join(directory, 'commands'), 'utf8').split('\n')
  expect(commands.some((line) => line.startsWith('rm --force --volumes holdfast-bake-'))).toBe(true)
  expect(commands.filter((line) => /kubeadm upgrade|drain|systemctl/.test(line))).toEqual([])
})

test('the first step that fails ends the upgrade with one sentence, and its log is named', async () => {
  const { upgrade, progress, server } = await upgraded('*"drain w1"*')
  await using _ = server
  await upgrade.prepare()
  await upgrade.carryOut('control-plane')
  const failed = upgrade.carryOut('whole')
  await expect(failed).rejects.toThrow('The step "w1: kubectl drain w1" failed: error: no space left on device.')
  upgrade.fail('It failed.')
  const { steps, stages, failure } = progress()
  expect(failure).toBe('It failed.')
  expect(stages.map(({ stage }) => stage)).toEqual(['control-plane'])
  const drain = steps.find(({ title }) => title === 'w1: kubectl drain w1')
  expect(drain).toMatchObject({ startedAt: expect.any(String) as unknown, log: expect.stringContaining('drain-w1.log') as unknown })
  expect(drain?.endedAt).toBeUndefined()
  expect(steps.find(({ title }) => title === 'w1: install kubelet')?.startedAt).toBeUndefined()
})

test('an image of a component that is not there is told before there is a cluster', async () => {
  programOnPath('docker', () => 'echo "Error: No such image" >&2; exit 1')
  const request: UpgradeRequest = { from, to: from, drained: true, components: { velero: 'example.com/velero:2' } }
  const making = { config: {}, log: () => undefined, signal: new AbortController().signal }
  await expect(ensureTarget(request, making)).rejects.toThrow('The image example.com/velero:2 for component velero is not in the engine')
})
