import { expect, test } from 'vitest'
import {
  corednsGoMod,
  drifted,
  edits,
  type KubernetesSource,
  minorOf,
  newGoMod,
  readOptions,
  readPins,
  requirements,
  stagingModules,
  unresolved,
} from './kubernetes-pins.ts'

const source: KubernetesSource = {
  goMod:
    'module k8s.io/kubernetes\n\ngo 1.26.0\n\nreplace (\n\tk8s.io/api => ./staging/src/k8s.io/api\n\tk8s.io/streaming => ./staging/src/k8s.io/streaming\n)\n',
  kubeadmConstants: '\tDefaultEtcdVersion = "3.7.0-0"\n\tCoreDNSVersion = "v1.14.6"\n\tPauseVersion = "3.10.2"\n',
  featureList: `
- name: Old
  versionedSpecs:
  - { default: false, lockToDefault: false, preRelease: Alpha, version: "1.9" }
  - { default: true, lockToDefault: true, preRelease: GA, version: "1.37" }
  - { default: false, lockToDefault: false, preRelease: Deprecated, version: "1.38" }
- name: Future
  versionedSpecs:
  - { default: false, lockToDefault: false, preRelease: Alpha, version: "1.38" }
- name: Fresh
  versionedSpecs:
  - { default: false, lockToDefault: false, preRelease: Alpha, version: "1.37" }
`,
  plugins: 'var AllOrderedPlugins = []string{\n\tlifecycle.PluginName, // NamespaceLifecycle\n\tdeny.PluginName,      // AlwaysDeny\n}\n',
  features: 'var defaultKubernetesFeatureGateDependencies = map[featuregate.Feature][]featuregate.Feature{\n\tFresh: {Old},\n}\n',
  kubeadmTypes: ['Cluster', 'Init', 'Join'].map((name) => `type ${name}Configuration struct {\n\tA int \`json:"a"\`\n}\n`).join('\n'),
  kubeletTypes: 'type KubeletConfiguration struct {\n\tMaxPods int32 `json:"maxPods"`\n}\n',
  kubeProxyTypes: 'type KubeProxyConfiguration struct {\n\tMode string `json:"mode"`\n}\n',
}

const meta = { apiVersion: true, kind: true }

const pins = { kubernetes: 'v1.37.2', etcd: '3.7.0-0', coredns: 'v1.14.6', pause: '3.10.2' }

test('pins are the constants of kubeadm; a missing one is named', () => {
  expect(readPins('v1.37.2', source)).toEqual(pins)
  expect(() => readPins('v1.37.2', { ...source, kubeadmConstants: '' })).toThrow('kubeadm of v1.37.2 has no constant DefaultEtcdVersion.')
})

test('a gate is as the newest specification up to this minor says', () => {
  expect(readOptions('v1.37.2', source)).toEqual({
    featureGates: { Fresh: 'off', Old: 'locked on' },
    admissionPlugins: ['AlwaysDeny', 'NamespaceLifecycle'],
    gateStages: { alpha: ['Fresh'], beta: [] },
    gateDependencies: { Fresh: ['Old'] },
    fields: {
      ClusterConfiguration: { ...meta, a: true },
      InitConfiguration: { ...meta, a: true },
      JoinConfiguration: { ...meta, a: true },
      KubeletConfiguration: { ...meta, maxPods: true },
      KubeProxyConfiguration: { ...meta, mode: true },
    },
  })
})

test('files that moved are an error, not an empty list', () => {
  expect(() => readOptions('v1.37.2', { ...source, plugins: '' })).toThrow('no admission plug-ins')
})

test('a new go.mod gets the modules of its Kubernetes, one that is there loses staging modules that are gone', () => {
  expect(stagingModules(source)).toEqual(['k8s.io/api', 'k8s.io/streaming'])
  const before = `${newGoMod()}\nreplace (\n\tk8s.io/api => k8s.io/api v0.36.3\n\tk8s.io/gone => k8s.io/gone v0.36.3\n)\n`
  expect(edits(pins, source, { kind: 'v0.33.0', before })).toEqual([
    '-go=1.26.0',
    '-tool=github.com/coredns/coredns',
    '-require=k8s.io/kubernetes@v1.37.2',
    '-require=go.etcd.io/etcd/server/v3@v3.7.0',
    '-require=github.com/coredns/coredns@v1.14.6',
    '-require=sigs.k8s.io/kind@v0.33.0',
    '-dropreplace=k8s.io/gone',
    '-replace=k8s.io/api=k8s.io/api@v0.37.2',
    '-replace=k8s.io/streaming=k8s.io/streaming@v0.37.2',
  ])
})

test('a CoreDNS that does not compile beside its Kubernetes has a module of its own, and the other one none of it', () => {
  const apart = { ...pins, corednsApart: true } as const
  const changes = edits(apart, source, { kind: 'v0.33.0', before: newGoMod() }).filter((each) => each.includes('coredns'))
  expect(changes).toEqual(['-droptool=github.com/coredns/coredns', '-droprequire=github.com/coredns/coredns'])
  expect(requirements(apart, 'v0.33.0')).not.toHaveProperty('github.com/coredns/coredns')
  expect(corednsGoMod(apart)).toContain('require github.com/coredns/coredns v1.14.6\n')
})

test('a module that was raised above its pin is named', () => {
  const goMod =
    'require (\n\tk8s.io/kubernetes v1.37.2\n\tgithub.com/coredns/coredns v1.14.7 // indirect\n)\nrequire go.etcd.io/etcd/server/v3 v3.7.0\n'
  expect(drifted(goMod, requirements(pins, 'v0.33.0'))).toEqual([
    'github.com/coredns/coredns resolves to v1.14.7, not v1.14.6: another module needs a newer one.',
    'sigs.k8s.io/kind resolves to nothing, not v0.33.0: another module needs a newer one.',
  ])
})

test('the minor of a beta', () => {
  expect(minorOf('v1.38.0-beta.0')).toBe('1.38')
})

test('a module that no proxy has is named once', () => {
  const line = (path: string) =>
    `\tk8s.io/ktesting/${path}: k8s.io/ktesting@v0.38.0-beta.0: reading https://proxy.example.com/x.zip: 403 Forbidden\n\tserver response: Not here.\n`
  expect(unresolved(`go: k8s.io/kubernetes/cmd/kubelet imports\n${line('a')}${line('b')}`)).toEqual([
    'k8s.io/ktesting@v0.38.0-beta.0 (403 Forbidden)',
  ])
  expect(unresolved('go: no network\n')).toEqual(['go: no network'])
})
