import { expect, test } from 'vitest'
import type { NodeRecord } from '../../contract/cluster-record.ts'
import { releaseOf } from '../images/kubernetes-release.ts'
import { imagesNamed } from './target-node.ts'
import { type PlannedStep, planUpgrade } from './upgrade-plan.ts'
import type { UpgradeRequest } from './upgrade-request.ts'

const node = (name: string, role: NodeRecord['role']): NodeRecord => ({ name, role, zone: 'zone-a', container: name, address: '' })
const nodes = [node('w1', 'worker'), node('cp', 'control-plane'), node('w2', 'worker')]
const kubernetes: UpgradeRequest = { from: releaseOf('1.36'), to: releaseOf('1.37'), drained: true, components: {} }
const { kubernetes: version } = releaseOf('1.37')

function titles(steps: readonly PlannedStep[]): readonly string[] {
  return steps.map(({ stage, title }) => `${stage}  ${title}`)
}

test('the control plane comes before the nodes, and each node is drained before its kubelet', () => {
  expect(titles(planUpgrade({ request: kubernetes, nodes }))).toEqual([
    ...['cp', 'w1', 'w2'].map((name) => `begin  ${name}: programs and images of ${version}`),
    'control-plane  cp: install kubeadm',
    `control-plane  cp: kubeadm upgrade apply ${version}`,
    `control-plane  cp: the control plane serves as ${version}`,
    'whole  cp: kubectl drain cp',
    'whole  cp: install kubectl',
    'whole  cp: install kubelet',
    'whole  cp: systemctl restart kubelet',
    `whole  cp: the node is Ready with kubelet ${version}`,
    'whole  cp: kubectl uncordon cp',
    'whole  cp: system Pods are ready',
    ...['w1', 'w2'].flatMap((name) => [
      `whole  ${name}: install kubeadm`,
      `whole  ${name}: kubeadm upgrade node`,
      `whole  ${name}: kubectl drain ${name}`,
      `whole  ${name}: install kubectl`,
      `whole  ${name}: install kubelet`,
      `whole  ${name}: systemctl restart kubelet`,
      `whole  ${name}: the node is Ready with kubelet ${version}`,
      `whole  ${name}: kubectl uncordon ${name}`,
      `whole  ${name}: system Pods are ready`,
    ]),
  ])
})

test('without drains, nothing is drained or uncordoned', () => {
  const steps = planUpgrade({ request: { ...kubernetes, drained: false }, nodes })
  expect(titles(steps).filter((title) => /drain|uncordon/.test(title))).toEqual([])
})

test('kubectl runs on the control plane, with the credentials that are there', () => {
  const drain = planUpgrade({ request: kubernetes, nodes }).find(({ title }) => title === 'w2: kubectl drain w2')
  expect(drain?.node.name).toBe('cp')
  expect(drain?.act).toMatchObject({
    command: [
      'kubectl',
      '--kubeconfig=/etc/kubernetes/admin.conf',
      'drain',
      'w2',
      '--ignore-daemonsets',
      '--delete-emptydir-data',
      '--timeout=240s',
    ],
  })
})

test('nothing is ignored but what a node in a container does not have', () => {
  const commands = planUpgrade({ request: kubernetes, nodes }).flatMap(({ act }) => ('command' in act ? [act.command] : []))
  const ignored = commands.flat().filter((word) => word.startsWith('--ignore-preflight-errors='))
  const inContainers = 'SystemVerification,FileContent--proc-sys-net-bridge-bridge-nf-call-iptables,Swap'
  expect(ignored).toEqual(['apply', 'node', 'node'].map(() => `--ignore-preflight-errors=${inContainers}`))
})

test('only the control plane gets its images', () => {
  const acts = planUpgrade({ request: kubernetes, nodes }).filter(({ act }) => act.kind === 'hand-over')
  expect(acts.map(({ act }) => 'images' in act && act.images.includes('kube-apiserver'))).toEqual([true, false, false])
})

test('a component gets its image into each node, then into each of its workloads, and Kubernetes stays as it is', () => {
  const request: UpgradeRequest = { ...kubernetes, to: kubernetes.from, components: { 'csi-hostpath': 'example.com/driver:2' } }
  expect(titles(planUpgrade({ request, nodes }))).toEqual([
    ...['cp', 'w1', 'w2'].map((name) => `begin  ${name}: image example.com/driver:2`),
    'whole  cp: kubectl set image deployment/csi-hostpath-controller csi-hostpath=example.com/driver:2',
    'whole  cp: kubectl set image daemonset/csi-hostpath-node csi-hostpath=example.com/driver:2',
    'whole  cp: kubectl rollout status deployment/csi-hostpath-controller',
    'whole  cp: kubectl rollout status daemonset/csi-hostpath-node',
    'whole  csi-hostpath: system Pods are ready',
  ])
})

test('images of a node are found as kubeadm names them', () => {
  const there = [
    'holdfast.local/etcd:3.7.0-0-abc',
    'registry.k8s.io/etcd:3.7.0-0',
    'registry.k8s.io/coredns/coredns:v1.14.6',
    'registry.k8s.io/pause:3.10.2',
  ]
  expect(imagesNamed(['etcd', 'coredns', 'pause'], there)).toEqual(there.slice(1))
  expect(() => imagesNamed(['kube-proxy'], there)).toThrow('The node image of the target has no image kube-proxy.')
})
