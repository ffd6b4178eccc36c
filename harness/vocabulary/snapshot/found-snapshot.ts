import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { field, latest, observationsOf } from '../../engine/object.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { ObjectRef } from '../../engine/history/history-entry.ts'
import type { History } from '../../engine/history/history.ts'

/** Handle by which the storage system knows a snapshot whose VolumeSnapshot is gone. Throws `Inconclusive` when there is none. */
export function leakedHandle({ entries }: Pick<History, 'entries'>): string {
  const leaked = observationsOf(entries, 'VolumeSnapshotContent').find(({ object }) => {
    const name = field(object, 'spec', 'volumeSnapshotRef', 'name')
    return typeof name === 'string' && latest(entries, 'VolumeSnapshot', name) === undefined
  })
  const handles = observationsOf(entries, 'VolumeSnapshotContent', leaked?.object.metadata.name).map(({ object }) =>
    field(object, 'status', 'snapshotHandle'),
  )
  const handle = handles.findLast((one) => typeof one === 'string')
  if (leaked !== undefined && typeof handle === 'string') return handle
  throw new Inconclusive().withDetails({ reason: { summary: 'Every VolumeSnapshotContent has its VolumeSnapshot: none was left behind.' } })
}

/** The VolumeSnapshotContent of a VolumeSnapshot. Throws `Inconclusive` when it has none. */
export function contentOf({ entries }: Pick<History, 'entries'>, volumeSnapshot: string): ObjectRef {
  const name = field(latest(entries, 'VolumeSnapshot', volumeSnapshot), 'status', 'boundVolumeSnapshotContentName')
  if (typeof name === 'string') return { kind: 'VolumeSnapshotContent', name }
  throw new Inconclusive().withDetails({ reason: { summary: `VolumeSnapshot ${volumeSnapshot} has no VolumeSnapshotContent.` } })
}

/** Handle by which the storage system knows a VolumeSnapshot. Throws `Inconclusive` when there is none. */
export function handleOfSnapshot(history: Pick<History, 'entries'>, volumeSnapshot: string): string {
  const content = contentOf(history, volumeSnapshot)
  const handle = field(latest(history.entries, content.kind, content.name), 'status', 'snapshotHandle')
  if (typeof handle === 'string') return handle
  throw new Inconclusive().withDetails({ reason: { summary: `VolumeSnapshotContent ${content.name} has no handle.` } })
}

/** A snapshot that the storage system has, and where it is to be known again. */
export interface FoundSnapshotOptions {
  readonly cluster: Pick<ClusterRecord, 'driver'>
  readonly handle: string
  readonly namespace: string
}

/** Builds a VolumeSnapshot by hand for a snapshot that is there already, and its VolumeSnapshotContent, as an administrator does. */
export function foundSnapshot(name: string, { cluster: { driver }, handle, namespace }: FoundSnapshotOptions) {
  const apiVersion = 'snapshot.storage.k8s.io/v1'
  const volumeSnapshotContentName = `${namespace}-${name}`
  return [
    {
      apiVersion,
      kind: 'VolumeSnapshotContent',
      metadata: { name: volumeSnapshotContentName },
      spec: { deletionPolicy: 'Delete', driver, source: { snapshotHandle: handle }, volumeSnapshotRef: { name, namespace } },
    },
    { apiVersion, kind: 'VolumeSnapshot', metadata: { name }, spec: { source: { volumeSnapshotContentName } } },
  ] as const
}
