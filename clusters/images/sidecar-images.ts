import type { ImageDefinition } from './catalogue.ts'
import { versions } from './versions.ts'

function ofStorage<const Name extends string>(name: Name, version: string, module: string): ImageDefinition & { readonly name: Name } {
  return {
    name,
    version,
    publicReference: `registry.k8s.io/sig-storage/${name}:${version}`,
    recipe: { by: 'go', program: { binary: name, package: `github.com/kubernetes-csi/${module}/cmd/${name}` }, on: 'scratch' },
  }
}

/**
 * CSI sidecars, and the controllers that every cluster has besides Kubernetes. Users may replace each of them, and the record of a cluster
 * has its version.
 */
export const sidecarImages = [
  ofStorage('csi-provisioner', versions.csiProvisioner, 'external-provisioner/v6'),
  ofStorage('csi-attacher', versions.csiAttacher, 'external-attacher/v4'),
  ofStorage('csi-resizer', versions.csiResizer, 'external-resizer/v2'),
  ofStorage('csi-snapshotter', versions.csiSnapshotter, 'external-snapshotter/v8'),
  ofStorage('snapshot-controller', versions.csiSnapshotter, 'external-snapshotter/v8'),
] as const satisfies readonly ImageDefinition[]
