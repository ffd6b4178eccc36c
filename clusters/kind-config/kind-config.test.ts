import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { markOfMounts, standingOf, thisProcess } from '../machine/cluster-owner.ts'
import type { Config, Mapping } from '../config.ts'
import { releaseOf } from '../images/kubernetes-release.ts'
import { volumesInNode } from '../directories.ts'
import { checkKubernetesSettings, kindConfig, workersOf } from './kind-config.ts'

interface Written {
  readonly networking: Mapping & { readonly disableDefaultCNI: boolean }
  readonly featureGates?: Mapping
  readonly runtimeConfig?: Mapping
  readonly kubeadmConfigPatches: readonly string[]
  readonly nodes: readonly {
    readonly role: string
    readonly labels: Readonly<Record<string, string>>
    readonly extraMounts: readonly { readonly containerPath: string }[]
  }[]
}

const release = releaseOf()

const cluster = { kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4' }
const nodesOf = (workers: number, more: Mapping = {}) => [
  { role: 'control-plane' },
  ...Array.from({ length: workers }, () => ({ role: 'worker', ...more })),
]

function written(settings: Config = {}): Written {
  const owner = thisProcess('run', false)
  const workers = workersOf(settings)
  return parse(
    kindConfig({ name: 'holdfast-a', owner, workers, staticRoutes: true, release: releaseOf(settings.kubernetes), settings }),
  ) as Written
}

function patches(settings: Config): readonly Mapping[] {
  return written(settings).kubeadmConfigPatches.map((text) => parse(text) as Mapping)
}

const kubelet = {
  kind: 'KubeletConfiguration',
  failCgroupV1: false,
  syncFrequency: '2s',
  nodeStatusUpdateFrequency: '1s',
  nodeStatusReportFrequency: '5m',
}

test('one control plane, two workers in two zones, the volumes and the owner mounted into every node', () => {
  const config = written()
  expect(config.nodes.map((node) => node.role)).toEqual(['control-plane', 'worker', 'worker'])
  expect(new Set(config.nodes.slice(1).map((node) => node.labels['topology.kubernetes.io/zone']))).toEqual(new Set(['zone-a', 'zone-b']))
  expect(config.nodes.every((node) => node.extraMounts[0]?.containerPath === volumesInNode)).toBe(true)
  const marks = config.nodes.map((node) => markOfMounts(node.extraMounts.map(({ containerPath }) => containerPath)))
  expect(marks.map(standingOf)).toEqual(['alive', 'alive', 'alive'])
  expect(config.networking.disableDefaultCNI).toBe(true)
})

test('without settings, kubelet is all that is patched, and no gate is touched', () => {
  expect(patches({})).toEqual([kubelet])
  expect(written()).not.toHaveProperty('featureGates')
  expect(written()).not.toHaveProperty('runtimeConfig')
})

test('settings and the kind configuration come together', () => {
  const kind = {
    ...cluster,
    featureGates: { CrossNamespaceVolumeDataSource: true },
    networking: { serviceSubnet: '10.99.0.0/16' },
    kubeadmConfigPatches: ['kind: KubeProxyConfiguration\nmode: nftables\n'],
    containerdConfigPatches: ['version = 3'],
    nodes: nodesOf(3, { labels: { disk: 'fast' }, extraMounts: [{ hostPath: '/srv', containerPath: '/srv' }] }),
  }
  const settings: Config = {
    kind,
    featureGates: { MaxUnavailableStatefulSet: true },
    runtimeConfig: { 'api/alpha': 'true' },
    kubeletConfiguration: { maxPods: 50 },
    kubeadmPatches: [{ kind: 'ClusterConfiguration', scheduler: { extraArgs: { v: '4' } } }],
  }
  expect(written(settings)).toMatchObject({
    networking: { serviceSubnet: '10.99.0.0/16', disableDefaultCNI: true },
    featureGates: { CrossNamespaceVolumeDataSource: true, MaxUnavailableStatefulSet: true },
    runtimeConfig: { 'api/alpha': 'true' },
    containerdConfigPatches: ['version = 3'],
  })
  expect(written(settings).nodes.map(({ labels }) => labels['disk'])).toEqual([undefined, 'fast', 'fast', 'fast'])
  expect(written(settings).nodes[3]?.extraMounts.map(({ containerPath }) => containerPath)).toContain('/srv')
  expect(patches(settings)).toEqual([
    { kind: 'KubeProxyConfiguration', mode: 'nftables' },
    { kind: 'ClusterConfiguration', scheduler: { extraArgs: { v: '4' } } },
    { ...kubelet, maxPods: 50 },
  ])
})

test('the gate of the driver stays on where its whole stage is off', () => {
  expect(written({ featureGates: { AllBeta: false } })).toMatchObject({
    featureGates: { AllBeta: false, PodTopologyLabelsAdmission: true },
  })
  expect(written({ featureGates: { AllAlpha: false } })).toMatchObject({ featureGates: { AllAlpha: false } })
})

test('admission plug-ins keep the one that kubeadm enables', () => {
  const settings = { admissionPlugins: { enable: ['PodNodeSelector'], disable: ['DefaultStorageClass'] } }
  const extraArgs = {
    'enable-admission-plugins': 'NodeRestriction,PodNodeSelector',
    'disable-admission-plugins': 'DefaultStorageClass',
  }
  expect(patches(settings)).toEqual([{ kind: 'ClusterConfiguration', apiServer: { extraArgs } }, kubelet])
})

const patch = (kind: string, fields: Mapping) => ({ kubeadmPatches: [{ kind, ...fields }] })

test.each<[string, Config, string]>([
  [
    'an unknown gate',
    { featureGates: { MaxUnavailableStatefulSets: true } },
    `The settings file sets the feature gate MaxUnavailableStatefulSets, which Kubernetes ${release.kubernetes} does not have. Did you mean MaxUnavailableStatefulSet?`,
  ],
  [
    'a locked gate',
    { featureGates: { VolumeAttributesClass: false } },
    `The settings file sets the feature gate VolumeAttributesClass to false, but it is locked on in Kubernetes ${release.kubernetes}.`,
  ],
  [
    'a gate in two places',
    { featureGates: { MaxUnavailableStatefulSet: true }, kind: { ...cluster, featureGates: { MaxUnavailableStatefulSet: false } } },
    'The kind configuration sets MaxUnavailableStatefulSet of featureGates to false, and the settings file sets it to true.',
  ],
  [
    'an API in two places',
    { runtimeConfig: { 'api/all': 'true' }, kind: { ...cluster, runtimeConfig: { 'api/all': 'false' } } },
    'The kind configuration sets api/all of runtimeConfig to false, and the settings file sets it to true.',
  ],
  [
    'an unknown plug-in',
    { admissionPlugins: { enable: ['AlwaysPullImage'] } },
    `The settings file names the admission plug-in AlwaysPullImage, which Kubernetes ${release.kubernetes} does not have. Did you mean AlwaysPullImages?`,
  ],
  [
    'a plug-in both ways',
    { admissionPlugins: { enable: ['PodSecurity'], disable: ['PodSecurity'] } },
    'The settings file both enables and disables the admission plug-in PodSecurity.',
  ],
  [
    'a plug-in that is needed',
    { admissionPlugins: { disable: ['PodTopologyLabels'] } },
    'The settings file disables the admission plug-in PodTopologyLabels, but the CSI driver reads the zone of its node from a label of its Pod.',
  ],
  [
    'a field of kubelet',
    { kubeletConfiguration: { syncFrequency: '1m' } },
    'The settings file sets KubeletConfiguration.syncFrequency to 1m, but Holdfast needs 2s.',
  ],
  [
    'a field of kubelet, in the file',
    { kind: { ...cluster, kubeadmConfigPatches: ['kind: KubeletConfiguration\nfailCgroupV1: true\n'] } },
    'The kind configuration sets KubeletConfiguration.failCgroupV1 to true, but Holdfast needs false.',
  ],
  [
    'the version',
    patch('ClusterConfiguration', { kubernetesVersion: 'v1.35.0' }),
    `The settings file sets ClusterConfiguration.kubernetesVersion to v1.35.0, but Holdfast needs ${release.kubernetes}.`,
  ],
  [
    'the network of Pods, in a patch',
    patch('ClusterConfiguration', { networking: { podSubnet: '10.0.0.0/16' } }),
    'The settings file sets ClusterConfiguration.networking.podSubnet to 10.0.0.0/16, but Holdfast needs 10.244.0.0/16.',
  ],
  ['a patch of nothing', patch('Cluster', {}), 'The settings file patches a Cluster, which kind does not write.'],
  [
    'a patch of another version',
    patch('ClusterConfiguration', { apiVersion: 'kubeadm.k8s.io/v1beta3' }),
    `The settings file patches a ClusterConfiguration of kubeadm.k8s.io/v1beta3, but kind writes kubeadm.k8s.io/v1beta4 for Kubernetes ${release.kubernetes}.`,
  ],
  [
    'labels of a node by argument',
    patch('JoinConfiguration', { nodeRegistration: { kubeletExtraArgs: { 'node-labels': 'a=b' } } }),
    'The settings file sets node-labels in JoinConfiguration.nodeRegistration.kubeletExtraArgs, which would replace what the labels of nodes in a kind configuration sets.',
  ],
  [
    'plug-ins twice',
    {
      admissionPlugins: { enable: [] },
      ...patch('ClusterConfiguration', { apiServer: { extraArgs: [{ name: 'enable-admission-plugins', value: 'AlwaysDeny' }] } }),
    },
    'The settings file sets enable-admission-plugins in ClusterConfiguration.apiServer.extraArgs, which would replace what admissionPlugins sets.',
  ],
  ['no configuration of kind', { kind: { nodes: [] } }, 'The kind configuration has a wrong kind: '],
  ['a name', { kind: { ...cluster, name: 'mine' } }, 'The kind configuration names the cluster mine.'],
  [
    'an image of a node',
    { kind: { ...cluster, nodes: [{ image: 'kindest/node:v1' }] } },
    'The kind configuration gives a node the image kindest/node:v1.',
  ],
  [
    'the zone of a node',
    { kind: { ...cluster, nodes: nodesOf(2, { labels: { 'topology.kubernetes.io/zone': 'x' } }) } },
    'The kind configuration sets the label topology.kubernetes.io/zone of a node.',
  ],
  [
    'the place of the volumes',
    { kind: { ...cluster, nodes: nodesOf(2, { extraMounts: [{ hostPath: '/x', containerPath: volumesInNode }] }) } },
    `The kind configuration mounts /x at ${volumesInNode}, where the CSI driver has its volumes.`,
  ],
  ['one worker', { kind: { ...cluster, nodes: nodesOf(1) } }, 'The kind configuration lists 1 control-plane and 1 worker nodes.'],
  [
    'other workers',
    { kind: { ...cluster, nodes: nodesOf(3) }, workers: 2 },
    'The kind configuration lists 3 workers, but 2 were asked for.',
  ],
  [
    'the CNI',
    { kind: { ...cluster, networking: { disableDefaultCNI: false } } },
    'The kind configuration sets networking.disableDefaultCNI to false, but whether kind or the node image joins Pods depends on where images come from.',
  ],
  [
    'IPv6',
    { kind: { ...cluster, networking: { ipFamily: 'ipv6' } } },
    'The kind configuration sets networking.ipFamily to ipv6, but nodes are joined by routes of IPv4.',
  ],
  [
    'no kube-proxy',
    { kind: { ...cluster, networking: { kubeProxyMode: 'none' } } },
    'The kind configuration sets networking.kubeProxyMode to none, but Services need a kube-proxy.',
  ],
])('refuses %s by name', (_, settings, sentence) => {
  expect(() => checkKubernetesSettings(settings)).toThrow(sentence)
})

test.each<[string, Config]>([
  ['a locked gate at its value', { featureGates: { VolumeAttributesClass: true } }],
  ['all gates of the stages', { featureGates: { AllAlpha: true, AllBeta: true } }],
  ['the same answer twice', { runtimeConfig: { 'api/all': 'true' }, kind: { ...cluster, runtimeConfig: { 'api/all': 'true' } } }],
  ['a value that is needed anyway', { kubeletConfiguration: { failCgroupV1: false } }],
  [
    'an argument that no setting decides',
    patch('ClusterConfiguration', { apiServer: { extraArgs: { 'enable-admission-plugins': 'PodNodeSelector' } } }),
  ],
])('accepts %s', (_, settings) => {
  expect(() => checkKubernetesSettings(settings)).not.toThrow()
})
