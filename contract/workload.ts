/** How much of a node a container asks for, and how much it may take. */
export interface WorkloadResources {
  readonly requests?: Readonly<Record<string, string>> | undefined
  readonly limits?: Readonly<Record<string, string>> | undefined
}

/** A toleration, in the words of the Pod API. */
export interface WorkloadToleration {
  readonly key?: string | undefined
  readonly operator?: 'Exists' | 'Equal' | undefined
  readonly value?: string | undefined
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' | undefined
  readonly tolerationSeconds?: number | undefined
}

/** What a user wants of every Pod that Holdfast makes: of those of suites, and of those that try a cluster before. */
export interface WorkloadSettings {
  /** Secrets for pulling images: `<name>`, which is in every new namespace, or `<namespace>/<name>`, which is copied to it. */
  readonly imagePullSecrets?: readonly string[] | undefined
  /** Labels that nodes must carry. */
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined
  readonly tolerations?: readonly WorkloadToleration[] | undefined
  readonly priorityClassName?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
  /** Gives each new namespace a NetworkPolicy that allows all traffic, for a cluster that denies it by default. */
  readonly allowTraffic?: boolean | undefined
  /** Gives each new namespace a ConfigMap with the program of the suites, for an image that has Node.js and no program. */
  readonly programFromConfigMap?: boolean | undefined
  /** That program; its containers find it where the image of Holdfast has it. */
  readonly program?: string | undefined
  /** In place of `smallResources`, for containers that say nothing of theirs. */
  readonly resources?: WorkloadResources | undefined
}

/** What each container states unless it says otherwise, so that a quota on processors or memory counts little and refuses none. */
export const smallResources = {
  requests: { cpu: '10m', memory: '32Mi' },
  limits: { cpu: '1', memory: '512Mi' },
} as const satisfies WorkloadResources

interface Container {
  readonly resources?: object | undefined
  readonly volumeMounts?: readonly object[] | undefined
}

interface PodTemplate {
  readonly metadata?: { readonly labels?: object | undefined; readonly annotations?: object | undefined } | undefined
  readonly spec: {
    readonly containers?: readonly Container[] | undefined
    readonly initContainers?: readonly Container[] | undefined
    readonly nodeSelector?: object | undefined
    readonly tolerations?: readonly object[] | undefined
    readonly volumes?: readonly object[] | undefined
  }
}

/** Where the program of the suites is in a container. */
export const programPath = '/opt/holdfast/workload.mjs'

const programName = 'holdfast-program'
const [programDirectory, programFile] = ['/opt/holdfast', 'workload.mjs']

/** In place of commands that public images of Node.js do not have: extended attributes are neither written nor compared then. */
const missingCommands = { getfattr: '#!/bin/sh\n', setfattr: '#!/bin/sh\n' }

/** A ConfigMap with the program of the suites. */
export function programMap(program: string) {
  const data = { [programFile]: program, ...missingCommands }
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: programName }, data } as const
}

/** A container as the user wants it: it says how much it needs, and has the program of the suites. */
export function containerWithSettings<Given extends Container>(container: Given, settings: WorkloadSettings): Given {
  const { resources = smallResources, program } = settings
  if (program === undefined) return { resources, ...container }
  const mount = { name: programName, mountPath: programDirectory, readOnly: true }
  return { resources, ...container, volumeMounts: withProgramOnce(container.volumeMounts, mount) }
}

/** Mounts or volumes with that of the program; what was read from the cluster may have it already. */
function withProgramOnce(given: readonly object[] = [], ofProgram: { readonly name: string }): readonly object[] {
  return given.some((each) => 'name' in each && each.name === ofProgram.name) ? given : [...given, ofProgram]
}

/** A Pod, or the template of Pods, with what the user wants of it. What it says itself goes before. */
export function withSettings<Given extends PodTemplate>(template: Given, settings: WorkloadSettings): Given {
  const { imagePullSecrets, nodeSelector, tolerations = [], priorityClassName, labels, annotations, program } = settings
  const { metadata, spec } = template
  const { containers, initContainers } = spec
  const sized = (container: Container) => containerWithSettings(container, settings)
  const ofProgram = { name: programName, configMap: { name: programName, defaultMode: 0o555 } }
  return {
    ...template,
    ...((labels ?? annotations) && {
      metadata: {
        ...metadata,
        ...(labels && { labels: { ...labels, ...metadata?.labels } }),
        ...(annotations && { annotations: { ...annotations, ...metadata?.annotations } }),
      },
    }),
    spec: {
      ...(priorityClassName !== undefined && { priorityClassName }),
      ...(imagePullSecrets && { imagePullSecrets: imagePullSecrets.map((secret) => ({ name: secretName(secret) })) }),
      ...spec,
      ...(nodeSelector && { nodeSelector: { ...nodeSelector, ...spec.nodeSelector } }),
      ...(tolerations.length > 0 && { tolerations: [...(spec.tolerations ?? []), ...tolerations] }),
      ...(containers && { containers: containers.map(sized) }),
      ...(initContainers && { initContainers: initContainers.map(sized) }),
      ...(program !== undefined && { volumes: withProgramOnce(spec.volumes, ofProgram) }),
    },
  }
}

/** Name that a Secret for pulling images has in a new namespace. */
export function secretName(secret: string): string {
  return secret.slice(secret.indexOf('/') + 1)
}

/** Namespace from which a Secret for pulling images is copied; undefined where every new namespace has it. */
export function secretNamespace(secret: string): string | undefined {
  const at = secret.indexOf('/')
  return at === -1 ? undefined : secret.slice(0, at)
}

interface Secret {
  readonly type?: string | undefined
  readonly data?: object | undefined
}

/** A Secret with the content of another, for another namespace. */
export function copyOfSecret({ type, data }: Secret, name: string) {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, ...(type !== undefined && { type }), ...(data && { data }) } as const
}

/** A NetworkPolicy that allows all traffic from and to the Pods of its namespace. Policies add up, so it lifts a default of denying. */
export const allTrafficAllowed = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'holdfast-allows-all' },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] },
} as const
