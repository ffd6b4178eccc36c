import type { KubernetesObject, V1Namespace, V1PersistentVolume, V1VolumeAttachment } from '@kubernetes/client-node'

/** A VolumeSnapshotContent or VolumeGroupSnapshotContent, as far as it is looked at. */
export interface SnapshotContent extends KubernetesObject {
  readonly spec?: {
    readonly driver?: string
    readonly source?: { readonly snapshotHandle?: string }
    readonly volumeSnapshotRef?: { readonly namespace?: string }
    readonly volumeGroupSnapshotRef?: { readonly namespace?: string }
  }
  readonly status?: { readonly snapshotHandle?: string }
}

/** Cluster-scoped objects of storage, and the namespaces that are there. */
export interface ApiObjects {
  readonly volumes: readonly V1PersistentVolume[]
  readonly attachments: readonly V1VolumeAttachment[]
  readonly contents: readonly SnapshotContent[]
  readonly namespaces: readonly V1Namespace[]
}

/**
 * What the API server still has of the storage of some namespaces which are gone, a sentence for each object. A namespace that is there is
 * kept for somebody, with its storage.
 */
export function leftInApi({ volumes, attachments, contents, namespaces }: ApiObjects, of: readonly string[]): readonly string[] {
  const here = new Set(namespaces.map(({ metadata }) => metadata?.name))
  const gone = of.filter((name) => !here.has(name))
  // A guarantee names its further namespaces after its own.
  const isGone = (namespace: string | undefined) =>
    namespace !== undefined && !here.has(namespace) && gone.some((name) => namespace === name || namespace.startsWith(`${name}-`))
  const orphans = volumes.filter(({ spec }) => isGone(spec?.claimRef?.namespace))
  const names = new Set(orphans.map(({ metadata }) => metadata?.name))
  return [
    ...orphans.map(
      ({ metadata, spec }) =>
        `PersistentVolume ${metadata?.name} is still there, for PersistentVolumeClaim ${spec?.claimRef?.name} of namespace ${spec?.claimRef?.namespace}, which is gone.`,
    ),
    ...attachments
      .filter(({ spec }) => names.has(spec.source.persistentVolumeName))
      .map(
        ({ metadata, spec }) =>
          `VolumeAttachment ${metadata?.name} is still there, of PersistentVolume ${spec.source.persistentVolumeName} to node ${spec.nodeName}.`,
      ),
    ...contents.flatMap(({ kind, metadata, spec }) => {
      const namespace = (spec?.volumeSnapshotRef ?? spec?.volumeGroupSnapshotRef)?.namespace
      return isGone(namespace) ? [`${kind} ${metadata?.name} is still there, of a snapshot in namespace ${namespace}, which is gone.`] : []
    }),
  ]
}
