import type { KubernetesRelease } from './kubernetes-release.ts'
import { sidecarsBesideKubernetes, versions } from './versions.ts'

/**
 * A directory with a Go module that pins programs: one for each Kubernetes, one more for its CoreDNS where that needs other libraries, one
 * for Velero and the object store, one for local-path.
 */
export type GoModule = `kubernetes/${string}` | 'go-velero' | 'go-local-path'

/** The module of the CSI sidecars and of the programs that run on this machine. */
export const sidecarModule: GoModule = `kubernetes/${sidecarsBesideKubernetes}`

/** The module that a Kubernetes is built from. */
export function moduleOf({ minor }: Pick<KubernetesRelease, 'minor'>): `kubernetes/${string}` {
  return `kubernetes/${minor}`
}

/** A program of a Go module, by the package that holds its `main`. */
export interface GoProgram {
  /** File name of the binary. */
  readonly binary: string
  readonly package: string
  /** That of its image when absent, or of the sidecars. */
  readonly module?: GoModule
}

/** One container image: what it is called publicly, and how it is made where no registry answers. */
export interface ImageDefinition {
  readonly name: string
  readonly version: string
  /** Reference in the public registries; absent for images that are always ours. */
  readonly publicReference?: string
  /** How the image is built offline. */
  readonly recipe:
    | { readonly by: 'debootstrap' }
    | { readonly by: 'go'; readonly program: GoProgram; readonly on: 'scratch' | 'tools' }
    | {
        readonly by: 'dockerfile'
        readonly directory: string
        readonly on: string
        /** Programs that the Dockerfile copies. */
        readonly programs?: readonly GoProgram[]
        readonly buildArguments?: Readonly<Record<string, string>>
      }
    /** It cannot be built from what the package registries have: a cluster made offline does without. */
    | { readonly by: 'registry' }
  /** Name kubeadm or containerd looks the image up by inside a node. */
  readonly lookUpName?: string
  /** Module of the programs that name none; that of the sidecars when absent. */
  readonly module?: GoModule
}

/** Programs that an image is made of, each with the module that it is built from. */
export function programsOf({ recipe, module = sidecarModule }: ImageDefinition): readonly Required<GoProgram>[] {
  if (recipe.by === 'debootstrap' || recipe.by === 'registry') return []
  const found = recipe.by === 'go' ? [recipe.program] : (recipe.programs ?? [])
  return found.map((program) => ({ module, ...program }))
}

const kubernetesRegistry = 'registry.k8s.io'

function controlPlane(binary: string, release: KubernetesRelease): ImageDefinition {
  return {
    name: binary,
    version: release.kubernetes,
    module: moduleOf(release),
    recipe: {
      by: 'go',
      program: { binary, package: `k8s.io/kubernetes/cmd/${binary}` },
      on: binary === 'kube-proxy' ? 'tools' : 'scratch',
    },
    lookUpName: `${kubernetesRegistry}/${binary}:${release.kubernetes}`,
  }
}

/** Images that a node made offline needs before any Pod runs; kind's own node image brings them along. */
export function kubeadmImages(release: KubernetesRelease): readonly ImageDefinition[] {
  const { etcd, coredns, pause } = release
  const module = moduleOf(release)
  return [
    ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'].map((binary) => controlPlane(binary, release)),
    {
      name: 'etcd',
      version: etcd,
      module,
      recipe: { by: 'go', program: { binary: 'etcd', package: 'go.etcd.io/etcd/server/v3' }, on: 'scratch' },
      lookUpName: `${kubernetesRegistry}/etcd:${etcd}`,
    },
    {
      name: 'coredns',
      version: coredns,
      module: release.corednsApart === true ? `${module}/coredns` : module,
      recipe: { by: 'go', program: { binary: 'coredns', package: 'github.com/coredns/coredns' }, on: 'scratch' },
      lookUpName: `${kubernetesRegistry}/coredns/coredns:${coredns}`,
    },
    {
      name: 'pause',
      version: pause,
      recipe: { by: 'dockerfile', directory: 'pause', on: 'tools' },
      lookUpName: `${kubernetesRegistry}/pause:${pause}`,
    },
  ]
}

/** Debian with nothing but a package manager. */
export const debianImage: ImageDefinition = {
  name: 'debian',
  version: versions.debian,
  publicReference: `docker.io/library/debian:${versions.debian}-slim`,
  recipe: { by: 'debootstrap' },
}

/** Debian with file-system, network and process tools: base of the images below. */
export const toolsImage: ImageDefinition = {
  name: 'tools',
  version: versions.debian,
  recipe: { by: 'dockerfile', directory: 'tools', on: 'debian' },
}

/** Our CSI driver and the image suites run in Pods. */
export const ownImages: readonly ImageDefinition[] = [
  { name: 'csi-hostpath', version: '0.1.0', recipe: { by: 'dockerfile', directory: 'csi-hostpath', on: 'tools' } },
  { name: 'workload', version: '0.1.0', recipe: { by: 'dockerfile', directory: 'workload', on: 'tools' } },
]

/** The provisioner of kind's usual class. Its helper Pods run a shell of the same image. It goes into the nodes of a stranger only. */
export const localPathImage: ImageDefinition = {
  name: 'local-path-provisioner',
  version: versions.localPath,
  recipe: {
    by: 'go',
    program: { binary: 'local-path-provisioner', package: 'github.com/rancher/local-path-provisioner', module: 'go-local-path' },
    on: 'tools',
  },
}

/** The command line of Kubernetes. */
export const kubectl: GoProgram = { binary: 'kubectl', package: 'k8s.io/kubernetes/cmd/kubectl' }

/** Name of the image of a Kubernetes node without our images. */
export const nodeBase = 'node-base'

/** A Kubernetes node without our images. */
export function nodeBaseImage(release: KubernetesRelease): ImageDefinition {
  return {
    name: nodeBase,
    version: release.kubernetes,
    module: moduleOf(release),
    publicReference: `docker.io/kindest/node:${release.kubernetes}`,
    recipe: {
      by: 'dockerfile',
      directory: 'node',
      on: 'tools',
      programs: [
        { binary: 'kubeadm', package: 'k8s.io/kubernetes/cmd/kubeadm' },
        { binary: 'kubelet', package: 'k8s.io/kubernetes/cmd/kubelet' },
        kubectl,
      ],
    },
  }
}
