import type { V1PersistentVolumeClaim } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'

type AccessMode = 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany' | 'ReadOnlyMany'

/** What a PersistentVolumeClaim of ours asks for. */
export interface PvcOptions {
  readonly cluster: Pick<ClusterRecord, 'storageClass'>
  readonly size: string
  /** StorageClass in place of the one that this run uses; null names none, which leaves the choice to the cluster. */
  readonly storageClass?: string | null | undefined
  /** One access mode or several. */
  readonly accessMode?: AccessMode | readonly AccessMode[]
  readonly volumeMode?: 'Filesystem' | 'Block'
  /** VolumeSnapshot of the same namespace to restore from. */
  readonly fromSnapshot?: string
  /** PersistentVolumeClaim of the same namespace to clone. */
  readonly fromPvc?: string
  readonly volumeAttributesClass?: string
  /** PersistentVolume to be bound to, where it is there already. */
  readonly volume?: string
  readonly labels?: Readonly<Record<string, string>>
  /** Labels that the PersistentVolume must have. */
  readonly selector?: Readonly<Record<string, string>>
  /** Object of any kind to fill the volume from, in the field that drops what Kubernetes does not know. */
  readonly dataSource?: DataSource
  /** Object of any kind to fill the volume from, in the field that keeps it. */
  readonly dataSourceRef?: DataSource
}

/** An object of the same namespace; of the core API when it has no group. */
export interface DataSource {
  readonly apiGroup?: string
  readonly kind: string
  readonly name: string
}

/** Builds a PersistentVolumeClaim of the cluster's StorageClass, ReadWriteOnce unless told otherwise. */
export function pvc(name: string, options: PvcOptions) {
  const {
    storageClass = options.cluster.storageClass,
    size,
    volumeMode,
    fromSnapshot,
    fromPvc,
    volumeAttributesClass,
    volume,
    labels,
    selector,
    dataSource,
    dataSourceRef,
  } = options
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, ...(labels && { labels: { ...labels } }) },
    spec: {
      accessModes: [options.accessMode ?? 'ReadWriteOnce'].flat(),
      ...(storageClass !== null && { storageClassName: storageClass }),
      resources: { requests: { storage: size } },
      ...(volumeMode !== undefined && { volumeMode }),
      ...(volume !== undefined && { volumeName: volume }),
      ...(selector && { selector: { matchLabels: { ...selector } } }),
      ...(dataSource && { dataSource }),
      ...(dataSourceRef && { dataSourceRef }),
      ...(volumeAttributesClass !== undefined && { volumeAttributesClassName: volumeAttributesClass }),
      ...(fromPvc !== undefined && { dataSource: { kind: 'PersistentVolumeClaim', name: fromPvc } }),
      ...(fromSnapshot !== undefined && {
        dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: fromSnapshot },
      }),
    },
  } satisfies V1PersistentVolumeClaim
}

/** The same PersistentVolumeClaim, which asks for no amount of storage. */
export function withoutRequest({ spec, ...given }: ReturnType<typeof pvc>) {
  return { ...given, spec: { ...spec, resources: {} } } satisfies V1PersistentVolumeClaim
}
