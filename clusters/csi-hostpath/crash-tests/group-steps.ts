import { copying, type KnownGroup, type KnownSnapshot, type KnownVolume } from './known.ts'
import { demand, type Load } from './steps.ts'

/** Takes a snapshot of several volumes at one instant. */
export async function takeGroup(load: Load, name: string, volumes: readonly KnownVolume[]): Promise<KnownGroup> {
  const before = volumes.map(({ size, written }) => ({ size, written }))
  const request = { name, source_volume_ids: volumes.map(({ id }) => id) }
  const { group_snapshot: group } = await copying(volumes, () => load.line.call('CreateVolumeGroupSnapshot', request))
  const snapshots = volumes.map((volume, place): KnownSnapshot => {
    const { size = 0, written = 0 } = before[place] ?? {}
    const snapshot = group.snapshots.find((each) => each.source_volume_id === volume.id)
    demand(Number(snapshot?.size_bytes) === size, `CreateVolumeGroupSnapshot ${name} answered ${JSON.stringify(group)}.`)
    const { id, fsType } = { id: snapshot?.snapshot_id ?? '', fsType: volume.fsType }
    return { name: `${name}-${place}`, id, fsType, size, marks: volume.marks.slice(written), copiers: 0, reserved: false }
  })
  const known: KnownGroup = { id: group.group_snapshot_id, snapshots }
  load.known.groups.add(known)
  return known
}

/** Deletes a group snapshot, and its snapshots with it. */
export async function removeGroup(load: Load, group: KnownGroup): Promise<void> {
  load.known.groups.delete(group)
  const request = { group_snapshot_id: group.id, snapshot_ids: group.snapshots.map(({ id }) => id) }
  await load.line.call('DeleteVolumeGroupSnapshot', request)
}
