import type { z } from 'zod'
import { componentNames, usualWorkers } from '../../clusters/config.ts'
import { type ApplicationName, applicationNames } from '../../clusters/images/application-images.ts'
import { backupImages } from '../../clusters/images/backup-images.ts'
import { type ImageDefinition, kubeadmImages } from '../../clusters/images/catalogue.ts'
import { kubernetesReleases, releaseOf } from '../../clusters/images/kubernetes-release.ts'
import { sidecarImages } from '../../clusters/images/sidecar-images.ts'
import { defaultKubernetes } from '../../clusters/images/versions.ts'
import { smallResources, type WorkloadSettings } from '../../contract/workload.ts'
import { type settingsSchema, workerBounds } from '../plan/config.ts'
import { runProfiles, usualProfile } from '../plan/profiles.ts'

/** One setting of the file. */
export interface SettingNote {
  /** One sentence: what it does, and what holds without it. */
  readonly says: string
  /** The default, or a value that shows how it is written where there is none. A setting with `below` has none of its own. */
  readonly value?: unknown
  /** Settings below it. */
  readonly below?: Readonly<Record<string, SettingNote>>
}

type Key = keyof z.infer<typeof settingsSchema>

/** Version and public reference of an image; the latter is undefined where it is in no public registry. */
function imageOf(wanted: string): { readonly version: string; readonly reference: string | undefined } {
  const images: readonly ImageDefinition[] = [...sidecarImages, ...backupImages(releaseOf()), ...kubeadmImages(releaseOf())]
  const { version = '', publicReference, lookUpName } = images.find(({ name }) => name === wanted) ?? {}
  return { version, reference: publicReference ?? lookUpName }
}

const minors = kubernetesReleases.map(({ minor }) => minor).join(', ')

const workload: Readonly<Record<Exclude<keyof WorkloadSettings, 'program'>, SettingNote>> = {
  imagePullSecrets: {
    says: 'Secrets for pulling images, none by default: <namespace>/<name> is copied to each new namespace, <name> must be there.',
    value: ['platform/registry'],
  },
  nodeSelector: { says: 'Labels of the nodes that Pods run on, any by default.', value: { pool: 'storage' } },
  tolerations: {
    says: 'Taints that Pods tolerate, none by default.',
    value: [{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }],
  },
  priorityClassName: { says: 'The PriorityClass of Pods, that of the cluster by default.', value: 'low' },
  labels: { says: 'Labels that Pods carry besides those of suites.', value: { team: 'storage' } },
  annotations: { says: 'Annotations that Pods carry besides those of suites.', value: { 'sidecar.example.com/inject': 'false' } },
  allowTraffic: { says: 'Whether each new namespace gets a NetworkPolicy that allows all traffic.', value: false },
  programFromConfigMap: {
    says: 'Whether workloadImage is any image with Node.js 24 and bash, and the program of the suites comes from a ConfigMap.',
    value: false,
  },
  resources: { says: 'What each container requests and is limited to.', value: smallResources },
}

/** Every setting with what is said of it, in the order of the file. */
export const settingNotes: Readonly<Record<Key, SettingNote>> = {
  profile: { says: `What runs when no guarantee is named: ${runProfiles.join(', ')}.`, value: usualProfile },
  kubernetes: { says: `The Kubernetes of a cluster that is created: ${minors}, or a release of these in full.`, value: defaultKubernetes },
  workers: { says: `Worker nodes of a cluster that is created, from ${workerBounds.least} to ${workerBounds.most}.`, value: usualWorkers },
  mirror: { says: 'A registry that mirrors the public ones, none by default.', value: 'mirror.example.com/k8s' },
  offline: { says: 'Whether every image is built here, and no registry is asked.', value: false },
  workloadImage: {
    says: 'The image that Pods of suites run with --kubeconfig, none by default; "holdfast image push" prints its reference.',
    value: 'registry.example.com/holdfast/workload:0.1.0',
  },
  images: {
    says: 'Images of applications with --kubeconfig, in place of the public ones.',
    below: Object.fromEntries(
      applicationNames.map((name: ApplicationName) => {
        const { reference, version } = imageOf(name)
        const without = reference === undefined ? ', none by default; "holdfast image push" prints its reference' : ''
        return [name, { says: `The image of ${name}${without}.`, value: reference ?? `registry.example.com/holdfast/${name}:${version}` }]
      }),
    ),
  },
  workload: { says: 'What every Pod gets that Holdfast makes.', below: workload },
  featureGates: { says: 'Feature gates of a cluster that is created, as Kubernetes has them by default.', value: { AllAlpha: false } },
  runtimeConfig: {
    says: 'APIs that are switched on or off, as Kubernetes has them by default.',
    value: { 'storage.k8s.io/v1alpha1': 'true' },
  },
  admissionPlugins: {
    says: 'Admission plug-ins beside those that are on by default, or without some of them.',
    below: {
      enable: { says: 'Plug-ins that are on, too.', value: ['PodNodeSelector'] },
      disable: { says: 'Plug-ins that are off.', value: ['DefaultStorageClass'] },
    },
  },
  kubeletConfiguration: { says: 'Fields of the KubeletConfiguration of every node, none by default.', value: { maxPods: 110 } },
  kubeadmPatches: {
    says: 'Merge patches of what kind gives to kubeadm, none by default.',
    value: [{ kind: 'ClusterConfiguration', controllerManager: { extraArgs: { 'node-monitor-grace-period': '40s' } } }],
  },
  auditLog: { says: 'Whether the API server keeps an audit log, which histories are compared with.', value: false },
  kind: { says: 'A configuration file of kind, relative to this file, none by default.', value: 'kind.yaml' },
  components: {
    says: 'Components that Holdfast installs, each in another version or from an image of this machine.',
    below: Object.fromEntries(
      componentNames.map((name) => [name, { says: `The version or the image of ${name}.`, value: imageOf(name).version }]),
    ),
  },
  knownFailures: {
    says: 'A file of failures that do not break the gate, relative to this file, none by default.',
    value: 'known-failures.yaml',
  },
  assessor: { says: 'Who answers for runs, as reports name them, nobody by default.', value: 'Ada Lovelace, Example Ltd' },
  suites: {
    says: 'Directories with suites of your own, relative to this file, none by default: "run" and "rbac" are then about them.',
    value: ['my-suites'],
  },
  baseline: { says: 'A run or a report that runs are compared with, none by default.', value: 'reports/published/<name>' },
}
