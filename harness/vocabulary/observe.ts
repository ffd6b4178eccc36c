import type { VeleroRecord } from '../../contract/cluster-record.ts'
import type { ObserveKind } from '../engine/fixtures/observe.ts'
import type { ObservedObject } from '../engine/history/history-entry.ts'
import type { History } from '../engine/history/history.ts'
import { isMadeBy } from '../engine/kubernetes/cluster-scoped.ts'
import { field } from '../engine/object.ts'
import { type Observer, together } from '../engine/watch/observer.ts'
import { type ObserveVelero, observeVelero } from './velero/server/observe-velero.ts'

/** Opens watches. Each resolves once the watch is open, so that what happens from then on is in the history. */
export interface Observe extends ObserveVelero {
  /** Nodes of the cluster, every one. */
  nodes(): Promise<Observer>
  /** What CSI drivers have registered on each node. */
  csiNodes(): Promise<Observer>
  /** The namespace itself. */
  namespaces(): Promise<Observer>
  pods(selector?: string): Promise<Observer>
  pvcs(selector?: string): Promise<Observer>
  configMaps(): Promise<Observer>
  services(): Promise<Observer>
  statefulSets(selector?: string): Promise<Observer>
  jobs(): Promise<Observer>
  cronJobs(): Promise<Observer>
  volumeSnapshots(selector?: string): Promise<Observer>
  volumeGroupSnapshots(): Promise<Observer>
  /** VolumeSnapshotContents of VolumeSnapshots in this namespace, and those of Backups of it. */
  volumeSnapshotContents(): Promise<Observer>
  /** The CustomResourceDefinition of VolumeSnapshots. */
  snapshotDefinitions(): Promise<Observer>
  /** Every Event of the namespace, in place of the two below: for guarantees about what a person reads there. */
  events(): Promise<Observer>
  /** Events of Pods: never judged, shown where a Pod does not become Ready. */
  podEvents(): Promise<Observer>
  /** Warnings about PersistentVolumeClaims: never judged, they show that somebody has tried. */
  pvcEvents(): Promise<Observer>
  /** PersistentVolumes claimed from this namespace, and those that its guarantee made. */
  pvs(): Promise<Observer>
  /** StorageClasses that the guarantee of this namespace made. */
  storageClasses(): Promise<Observer>
  /** VolumeAttachments of PersistentVolumes claimed from this namespace, and those PersistentVolumes. */
  volumeAttachments(): Promise<Observer>
  readonly kind: ObserveKind
}

interface StorageObject extends ObservedObject {
  readonly spec?: {
    readonly claimRef?: { readonly namespace?: string }
    readonly source?: { readonly persistentVolumeName?: string }
  }
}

/** Names the kinds that suites watch in a namespace. */
export function observe(options: {
  readonly kind: ObserveKind
  readonly history: History
  readonly namespace: string
  /** Namespace of the guarantee, which may be another one. */
  readonly guarantee: string
  readonly velero: VeleroRecord | undefined
}): Observe {
  const { kind, history, namespace, guarantee, velero } = options
  const pvs = async () =>
    kind({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      plural: 'persistentvolumes',
      namespaced: false,
      matches: (object: StorageObject) => object.spec?.claimRef?.namespace === namespace || isMadeBy(namespace, object),
    })
  const isOurVolume = (name: string | undefined) =>
    history.entries.some(
      (entry) => entry.type === 'observation' && entry.kind === 'PersistentVolume' && entry.object.metadata.name === name,
    )

  return {
    ...observeVelero({ kind, namespace: guarantee, velero }),
    kind,
    pvs,
    storageClasses: async () =>
      kind({
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        plural: 'storageclasses',
        namespaced: false,
        matches: (object) => isMadeBy(namespace, object),
      }),
    nodes: async () => kind({ apiVersion: 'v1', kind: 'Node', plural: 'nodes', namespaced: false }),
    csiNodes: async () => kind({ apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', plural: 'csinodes', namespaced: false }),
    namespaces: async () =>
      kind({
        apiVersion: 'v1',
        kind: 'Namespace',
        plural: 'namespaces',
        namespaced: false,
        matches: ({ metadata: { name } }) => name === namespace,
      }),
    pods: async (selector) => kind({ apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, selector }),
    pvcs: async (selector) =>
      kind({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', namespaced: true, selector }),
    configMaps: async () => kind({ apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true }),
    services: async () => kind({ apiVersion: 'v1', kind: 'Service', plural: 'services', namespaced: true }),
    statefulSets: async (selector) =>
      kind({ apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets', namespaced: true, selector }),
    jobs: async () => kind({ apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs', namespaced: true }),
    cronJobs: async () => kind({ apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs', namespaced: true }),
    volumeSnapshots: async (selector) =>
      kind({ apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', plural: 'volumesnapshots', namespaced: true, selector }),
    volumeGroupSnapshots: async () =>
      kind({
        apiVersion: 'groupsnapshot.storage.k8s.io/v1',
        kind: 'VolumeGroupSnapshot',
        plural: 'volumegroupsnapshots',
        namespaced: true,
      }),
    volumeSnapshotContents: async () =>
      kind({
        apiVersion: 'snapshot.storage.k8s.io/v1',
        kind: 'VolumeSnapshotContent',
        plural: 'volumesnapshotcontents',
        namespaced: false,
        matches: (object) =>
          field(object, 'spec', 'volumeSnapshotRef', 'namespace') === namespace ||
          object.metadata.labels?.['velero.io/backup-name']?.startsWith(`${namespace}-`) === true,
      }),
    snapshotDefinitions: async () =>
      kind({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        plural: 'customresourcedefinitions',
        namespaced: false,
        matches: ({ metadata: { name } }) => name === 'volumesnapshots.snapshot.storage.k8s.io',
      }),
    events: async () => kind({ apiVersion: 'v1', kind: 'Event', plural: 'events', namespaced: true }),
    podEvents: async () =>
      kind({
        apiVersion: 'v1',
        kind: 'Event',
        plural: 'events',
        namespaced: true,
        matches: (object) => field(object, 'involvedObject', 'kind') === 'Pod' && field(object, 'type') === 'Warning',
      }),
    pvcEvents: async () =>
      kind({
        apiVersion: 'v1',
        kind: 'Event',
        plural: 'events',
        namespaced: true,
        // Distinguishes this watch from that of the Events of Pods.
        selector: '',
        matches: (object) => field(object, 'involvedObject', 'kind') === 'PersistentVolumeClaim' && field(object, 'type') === 'Warning',
      }),
    volumeAttachments: async () =>
      together(
        await kind({
          apiVersion: 'storage.k8s.io/v1',
          kind: 'VolumeAttachment',
          plural: 'volumeattachments',
          namespaced: false,
          known: { by: 'PersistentVolume', isKnown: ({ spec }: StorageObject) => isOurVolume(spec?.source?.persistentVolumeName) },
        }),
        await pvs(),
      ),
  }
}
