import { expect, test } from 'vitest'
import type { Config } from '../config.ts'
import { kubernetesReleases, optionsOf } from '../images/kubernetes-release.ts'
import { checkKubernetesSettings } from './kind-config.ts'

const cluster = { kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4' }

test.each<[string, Config, string]>([
  [
    'a gate that another needs',
    { kind: { ...cluster, featureGates: { ContainerRestartRules: false } } },
    'The kind configuration sets the feature gate ContainerRestartRules to false, but RestartAllContainersOnContainerExits needs it',
  ],
  [
    'a gate that needs one that is off',
    { featureGates: { TopologyAwareWorkloadScheduling: true } },
    'The settings file sets the feature gate TopologyAwareWorkloadScheduling to true, but it needs GenericWorkload, which is off in',
  ],
  [
    'what the driver needs',
    { featureGates: { PodTopologyLabelsAdmission: false } },
    'The settings file sets the feature gate PodTopologyLabelsAdmission to false, but the CSI driver needs it in Kubernetes v1.36.',
  ],
  [
    'a stage one of whose gates another needs',
    { featureGates: { AllBeta: false, RestartAllContainersOnContainerExits: true } },
    'The settings file sets the feature gate AllBeta to false, which turns ContainerRestartRules off, but RestartAllContainersOnContainerExits needs that',
  ],
  [
    'a stage one of whose gates needs one that is set to false',
    { kind: { ...cluster, featureGates: { GenericWorkload: false } }, featureGates: { AllAlpha: true } },
    'The kind configuration sets the feature gate GenericWorkload to false, but DRAWorkloadResourceClaims needs it, which AllAlpha turns on.',
  ],
  [
    'an API of suites',
    { runtimeConfig: { 'storage.k8s.io/v1': 'false' } },
    'The settings file switches storage.k8s.io/v1 off, which suites',
  ],
  [
    'all APIs',
    { kind: { ...cluster, runtimeConfig: { 'api/all': 'false' } } },
    'The kind configuration switches api/all off, which suites',
  ],
])('refuses %s by name', (_, settings, sentence) => {
  expect(() => checkKubernetesSettings({ kubernetes: '1.36', ...settings })).toThrow(sentence)
})

test.each<[string, Config]>([
  [
    'a gate that another needs, with both off',
    { featureGates: { ContainerRestartRules: false, RestartAllContainersOnContainerExits: false } },
  ],
  ['a gate with what it needs', { featureGates: { TopologyAwareWorkloadScheduling: true, GenericWorkload: true } }],
  ['a stage, whose gates need each other', { featureGates: { AllAlpha: true, TopologyAwareWorkloadScheduling: true } }],
  ['stages that are off', { featureGates: { AllAlpha: false, AllBeta: false } }],
  ['an API that no suite uses', { runtimeConfig: { 'resource.k8s.io/v1': 'false', 'storage.k8s.io/v1beta1': 'true' } }],
])('accepts %s', (_, settings) => {
  expect(() => checkKubernetesSettings({ kubernetes: '1.36', ...settings })).not.toThrow()
})

test('refuses a stage one of whose gates needs one of another stage, by the name of each', () => {
  const check = (featureGates: Readonly<Record<string, boolean>>) => () => checkKubernetesSettings({ kubernetes: '1.37', featureGates })
  const sentence =
    'The settings file sets the feature gate AllAlpha to true, which turns CompositePodGroup on, but that needs GenericWorkload, which is off in Kubernetes v1.37.2.'
  expect(check({ AllAlpha: true })).toThrow(sentence)
  expect(check({ AllAlpha: true, GenericWorkload: true })).not.toThrow()
  expect(check({ AllAlpha: true, AllBeta: true })).not.toThrow()
})

test.each(kubernetesReleases)('Kubernetes $minor has no locked gate that a stage would move', (release) => {
  const { featureGates, gateStages } = optionsOf(release)
  expect([...gateStages.alpha, ...gateStages.beta].filter((gate) => featureGates[gate]?.startsWith('locked'))).toEqual([])
})

test.each(kubernetesReleases)('Kubernetes $minor has no gate that is on by itself and needs one that is off', (release) => {
  const { featureGates, gateDependencies } = optionsOf(release)
  const isOn = (gate: string) => featureGates[gate]?.endsWith('on') === true
  const broken = Object.entries(gateDependencies).filter(([gate, needed]) => isOn(gate) && !needed.every(isOn))
  expect(broken).toEqual([])
})
