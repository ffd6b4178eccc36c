import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { field, isOwnedBy, observationsOf } from '../../engine/object.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { History } from '../../engine/history/history.ts'
import { catchUpOn } from '../../engine/judge/catch-up-on.ts'

/** What a VolumeGroupSnapshot of ours is taken of. */
export interface VolumeGroupSnapshotOptions {
  readonly cluster: Pick<ClusterRecord, 'groupSnapshotClass'>
  /** Labels of the PersistentVolumeClaims of the group. */
  readonly of: Readonly<Record<string, string>>
}

/** Builds a VolumeGroupSnapshot of the PersistentVolumeClaims of the same namespace that carry the labels. */
export function volumeGroupSnapshot(name: string, { cluster, of }: VolumeGroupSnapshotOptions) {
  return {
    apiVersion: 'groupsnapshot.storage.k8s.io/v1',
    kind: 'VolumeGroupSnapshot',
    metadata: { name },
    spec: { volumeGroupSnapshotClassName: cluster.groupSnapshotClass, source: { selector: { matchLabels: { ...of } } } },
  } as const
}

/** Name of the VolumeSnapshot of one PersistentVolumeClaim in a group, which the snapshot controller gave it. */
export async function memberOf(history: History, group: string, pvc: string): Promise<string> {
  await catchUpOn(history, ['VolumeSnapshot'])
  const { entries } = history
  const member = observationsOf(entries, 'VolumeSnapshot').findLast(
    ({ object }) =>
      field(object, 'spec', 'source', 'persistentVolumeClaimName') === pvc &&
      isOwnedBy(object, { kind: 'VolumeGroupSnapshot', name: group }),
  )
  if (member !== undefined) return member.object.metadata.name
  throw new Inconclusive().withDetails({ reason: { summary: `VolumeGroupSnapshot ${group} has no VolumeSnapshot of ${pvc}.` } })
}
