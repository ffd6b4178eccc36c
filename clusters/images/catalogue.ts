import { versions } from './versions.ts'

/** A program of the Go module in `go/`, by the package that holds its `main`. */
export interface GoProgram {
  /** File name of the binary. */
  readonly binary: string
  readonly package: string
}

/** One container image: what it is called publicly, and how it is made where no registry answers. */
export interface ImageDefinition {
  readonly name: string
  readonly version: string
  /** Reference in the public registries; absent for images that are always ours. */
  readonly publicReference?: string
  /** How it is built offline. */
  readonly recipe:
    | { readonly by: 'debootstrap' }
    | { readonly by: 'go'; readonly program: GoProgram; readonly on: 'scratch' | 'tools' }
    | { readonly by: 'dockerfile'; readonly directory: string; readonly on: string }
  /** Name kubeadm or containerd looks the image up by inside a node. */
  readonly lookUpName?: string
}

const kubernetesRegistry = 'registry.k8s.io'

function controlPlane(binary: string): ImageDefinition {
  return {
    name: binary,
    version: versions.kubernetes,
    recipe: {
      by: 'go',
      program: { binary, package: `k8s.io/kubernetes/cmd/${binary}` },
      on: binary === 'kube-proxy' ? 'tools' : 'scratch',
    },
    lookUpName: `${kubernetesRegistry}/${binary}:${versions.kubernetes}`,
  }
}

function sidecar(binary: string, version: string, module: string): ImageDefinition {
  return {
    name: binary,
    version,
    publicReference: `${kubernetesRegistry}/sig-storage/${binary}:${version}`,
    recipe: { by: 'go', program: { binary, package: `github.com/kubernetes-csi/${module}/cmd/${binary}` }, on: 'scratch' },
  }
}

/** Images that a node made offline needs before any Pod runs; kind's own node image brings them along. */
export const kubeadmImages: readonly ImageDefinition[] = [
  controlPlane('kube-apiserver'),
  controlPlane('kube-controller-manager'),
  controlPlane('kube-scheduler'),
  controlPlane('kube-proxy'),
  {
    name: 'etcd',
    version: versions.etcd,
    recipe: { by: 'go', program: { binary: 'etcd', package: 'go.etcd.io/etcd/server/v3' }, on: 'scratch' },
    lookUpName: `${kubernetesRegistry}/etcd:${versions.etcd}`,
  },
  {
    name: 'coredns',
    version: versions.coredns,
    recipe: { by: 'go', program: { binary: 'coredns', package: 'github.com/coredns/coredns' }, on: 'scratch' },
    lookUpName: `${kubernetesRegistry}/coredns/coredns:${versions.coredns}`,
  },
  {
    name: 'pause',
    version: versions.pause,
    recipe: { by: 'dockerfile', directory: 'pause', on: 'tools' },
    lookUpName: `${kubernetesRegistry}/pause:${versions.pause}`,
  },
]

/** CSI sidecars and the snapshot controller. */
export const sidecarImages: readonly ImageDefinition[] = [
  sidecar('csi-provisioner', versions.csiProvisioner, 'external-provisioner/v6'),
  sidecar('csi-attacher', versions.csiAttacher, 'external-attacher/v4'),
  sidecar('csi-resizer', versions.csiResizer, 'external-resizer/v2'),
  sidecar('csi-snapshotter', versions.csiSnapshotter, 'external-snapshotter/v8'),
  sidecar('snapshot-controller', versions.csiSnapshotter, 'external-snapshotter/v8'),
]

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

/** A Kubernetes node without our images. */
export const nodeBaseImage: ImageDefinition = {
  name: 'node-base',
  version: versions.kubernetes,
  publicReference: `docker.io/kindest/node:${versions.kubernetes}`,
  recipe: { by: 'dockerfile', directory: 'node', on: 'tools' },
}

/** Programs that are copied into the node or run on this machine. */
export const programs: Readonly<Record<string, GoProgram>> = {
  kubeadm: { binary: 'kubeadm', package: 'k8s.io/kubernetes/cmd/kubeadm' },
  kubelet: { binary: 'kubelet', package: 'k8s.io/kubernetes/cmd/kubelet' },
  kubectl: { binary: 'kubectl', package: 'k8s.io/kubernetes/cmd/kubectl' },
  kind: { binary: 'kind', package: 'sigs.k8s.io/kind' },
  'csi-sanity': { binary: 'csi-sanity', package: 'github.com/kubernetes-csi/csi-test/v5/cmd/csi-sanity' },
}
