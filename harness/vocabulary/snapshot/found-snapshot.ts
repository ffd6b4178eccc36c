import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { field, latest, observationsOf } from '../../engine/object.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { ObjectRef } from '../../engine/history/history-entry.ts'
import type { History } from '../../engine/history/history.ts'
import { catchUpOn } from '../../engine/judge/catch-up-on.ts'

/** Handle by which the storage system knows a snapshot whose VolumeSnapshot is gone. Throws `Inconclusive` when there is none. */
export async function leakedHandle(history: History): Promise<string> {
  await catchUpOn(history, ['VolumeSnapshot', 'VolumeSnapshotContent'])
  const { entries } = history
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
export async function contentOf(history: History, volumeSnapshot: string): Promise<ObjectRef> {
  await catchUpOn(history, ['VolumeSnapshot'])
  const { entries } = history
  const name = field(latest(entries, 'VolumeSnapshot', volumeSnapshot), 'status', 'boundVolumeSnapshotContentName')
  if (typeof name === 'string') return { kind: 'VolumeSnapshotContent', name }
  throw new Inconclusive().withDetails({ reason: { summary: `VolumeSnapshot ${volumeSnapshot} has no VolumeSnapshotContent.` } })
}

/** Handle by which the storage system knows a VolumeSnapshot. Throws `Inconclusive` when there is none. */
export async function handleOfSnapshot(history: History, volumeSnapshot: string): Promise<string> {
  const content = await contentOf(history, volumeSnapshot)
  await catchUpOn(history, [content.kind])
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
