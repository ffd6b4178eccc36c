import type { WorkloadSettings } from '../contract/workload.ts'
import type { Profile } from './images/plan.ts'
import { sidecarImages } from './images/sidecar-images.ts'

/** Workers of a cluster for which nobody asks for a number. */
export const usualWorkers = 2

/** Components of a cluster that a user may replace, as `components` in `holdfast.yaml` names them. */
export const componentNames = [...sidecarImages.map(({ name }) => name), 'velero', 'velero-plugin-for-aws'] as const

/** Name of a component that a user may replace. */
export type ComponentName = (typeof componentNames)[number]

/** Version or image by component. */
export type Components = Readonly<Partial<Record<ComponentName, string | undefined>>>

/** A mapping of YAML, as a patch of kubeadm's or kubelet's configuration is one. */
export type Mapping = Readonly<Record<string, unknown>>

/** How Kubernetes is configured, besides what Holdfast needs. */
export interface KubernetesSettings {
  /** Feature gates of every component of Kubernetes. */
  readonly featureGates?: Readonly<Record<string, boolean>> | undefined
  /** APIs that are switched on or off: `--runtime-config` of the API server. */
  readonly runtimeConfig?: Readonly<Record<string, string>> | undefined
  /** Admission plug-ins beside, or of, those that are on by default. */
  readonly admissionPlugins?:
    | { readonly enable?: readonly string[] | undefined; readonly disable?: readonly string[] | undefined }
    | undefined
  /** Merge patches of what kind gives to kubeadm, each with its `kind`. */
  readonly kubeadmPatches?: readonly Mapping[] | undefined
  /** Fields of the KubeletConfiguration of every node. */
  readonly kubeletConfiguration?: Mapping | undefined
  /** Whether the API server keeps an audit log, which histories are compared with; it keeps none when absent. */
  readonly auditLog?: boolean | undefined
  /** A configuration file of kind. */
  readonly kind?: Mapping | undefined
}

/** What a user may set in `holdfast.yaml` or by flags; the command line validates it. */
export interface Config extends KubernetesSettings {
  /** Registry that mirrors the public ones, for example `mirror.example.com/k8s`. */
  readonly mirror?: string | undefined
  /** Never ask a registry: build every image from Go modules and Debian packages. */
  readonly offline?: boolean | undefined
  /** Number of workers, at least 2. */
  readonly workers?: number | undefined
  /** Profile of the cluster. */
  readonly profile?: Profile | undefined
  /** Minor or patch of Kubernetes; the default one when absent. */
  readonly kubernetes?: string | undefined
  /** Components in another version, or from another image. */
  readonly components?: Components | undefined
  /** What the user wants of every Pod. */
  readonly workload?: WorkloadSettings | undefined
}
