import type { SnapshotRecord, VolumeRecord } from '../storage/data-directory.ts'

/** Fields of csi.v1.Volume for a volume we keep. */
export function volumeMessage(volume: VolumeRecord): object {
  const { source, topology } = volume
  const content = source?.kind === 'snapshot' ? { snapshot: { snapshot_id: source.id } } : { volume: { volume_id: source?.id } }
  return {
    volume_id: volume.id,
    capacity_bytes: volume.capacityBytes,
    volume_context: {},
    ...(source === null ? {} : { content_source: content }),
    accessible_topology: topology.map((segments) => ({ segments })),
  }
}

/** google.protobuf.Timestamp of an ISO 8601 date. */
export function timestampOf(date: string): object {
  const at = Date.parse(date)
  return { seconds: Math.floor(at / 1000), nanos: (at % 1000) * 1e6 }
}

/** Fields of csi.v1.Snapshot for a snapshot we keep. It has a record only once it is whole, so every one we know is ready. */
export function snapshotMessage(snapshot: SnapshotRecord): object {
  return {
    snapshot_id: snapshot.id,
    source_volume_id: snapshot.sourceVolumeId,
    size_bytes: snapshot.sizeBytes,
    creation_time: timestampOf(snapshot.createdAt),
    ready_to_use: true,
    ...(snapshot.groupId === null ? {} : { group_snapshot_id: snapshot.groupId }),
  }
}
