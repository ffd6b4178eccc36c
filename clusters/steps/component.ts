import type { KubernetesObject, V1PolicyRule } from '@kubernetes/client-node'

/** What a CSI driver of the user's brings of what clusters run besides Kubernetes. */
export interface Brought {
  /** Whether its manifests have a snapshot controller. */
  readonly snapshotController: boolean
}

/** What a cluster runs in the namespace `systemNamespace` besides Kubernetes. */
export interface Component {
  /** Its ServiceAccount, which `access` makes. */
  readonly account: string
  /** What it asks of the API server. */
  readonly rules: readonly V1PolicyRule[]
  /** Its objects, by the references of images, which have the names of the catalogue. */
  readonly objects: (images: Readonly<Record<string, string>>) => readonly KubernetesObject[]
  /** What `kubectl logs` is to print of it, by the name of the file in the evidence of a run. */
  readonly logs: Readonly<Record<`${string}.log`, readonly string[]>>
  /** Whether a CSI driver of the user's that brings this takes its place. */
  readonly isReplacedBy: (brought: Brought) => boolean
}
