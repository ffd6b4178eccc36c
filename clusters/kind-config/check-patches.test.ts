import { expect, test } from 'vitest'
import type { Config, Mapping } from '../config.ts'
import { kubernetesReleases } from '../images/kubernetes-release.ts'
import { checkKubernetesSettings } from './kind-config.ts'

const patch = (kind: string, fields: Mapping): Config => ({ kubeadmPatches: [{ kind, ...fields }] })
const apiServer = (extraArgs: unknown): Config => patch('ClusterConfiguration', { apiServer: { extraArgs } })

test.each<[string, Config, string]>([
  [
    'a field that kubelet does not have',
    { kubeletConfiguration: { maxpods: 10 } },
    'The settings file sets KubeletConfiguration.maxpods, which Kubernetes v1.36.3 does not have. Did you mean maxPods?',
  ],
  [
    'a field within another',
    patch('ClusterConfiguration', { controllerManager: { extraArg: { v: '4' } } }),
    'sets ClusterConfiguration.controllerManager.extraArg, which Kubernetes v1.36.3 does not have. Did you mean extraArgs?',
  ],
  [
    'a field of another object',
    patch('KubeProxyConfiguration', { kubeProxyMode: 'nftables' }),
    'sets KubeProxyConfiguration.kubeProxyMode, which Kubernetes',
  ],
  [
    'a plug-in that pulls every image',
    { admissionPlugins: { enable: ['AlwaysPullImages'] } },
    'The settings file enables the admission plug-in AlwaysPullImages, but nodes have images of their own, which no registry has.',
  ],
  [
    'a plug-in that refuses all, in a patch',
    apiServer({ 'enable-admission-plugins': 'NodeRestriction,AlwaysDeny' }),
    'The settings file enables the admission plug-in AlwaysDeny, but it refuses every request.',
  ],
  [
    'a plug-in that is needed, in a patch',
    apiServer([{ name: 'disable-admission-plugins', value: 'ServiceAccount' }]),
    'The settings file disables the admission plug-in ServiceAccount, but the CSI driver authenticates',
  ],
  [
    'a plug-in without its file',
    { admissionPlugins: { enable: ['EventRateLimit'] } },
    'enables the admission plug-in EventRateLimit, with which the API server does not start unless a file configures it.',
  ],
])('refuses %s by name', (_, settings, sentence) => {
  expect(() => checkKubernetesSettings({ kubernetes: '1.36', ...settings })).toThrow(sentence)
})

test('a plug-in with its file is accepted', () => {
  const settings = apiServer({ 'admission-control-config-file': '/etc/kubernetes/admission.yaml' })
  expect(() => checkKubernetesSettings({ ...settings, admissionPlugins: { enable: ['EventRateLimit'] } })).not.toThrow()
})

test.each(kubernetesReleases)('what users patch is a field in Kubernetes $minor', ({ minor }) => {
  const settings: Config = {
    kubeletConfiguration: { maxPods: 50, evictionHard: { 'memory.available': '1Mi' }, authentication: { webhook: { cacheTTL: '1m' } } },
    kubeadmPatches: [
      { kind: 'ClusterConfiguration', apiServer: { extraArgs: { v: '4' }, certSANs: ['a'] }, etcd: { local: { dataDir: '/tmp/etcd' } } },
      { kind: 'InitConfiguration', nodeRegistration: { taints: [], kubeletExtraArgs: { v: '4' } }, skipPhases: [] },
      { kind: 'JoinConfiguration', nodeRegistration: { kubeletExtraArgs: [{ name: 'v', value: '4' }] } },
      { kind: 'KubeProxyConfiguration', mode: 'nftables', conntrack: { maxPerCore: 0 } },
    ],
  }
  expect(() => checkKubernetesSettings({ kubernetes: minor, ...settings })).not.toThrow()
})
