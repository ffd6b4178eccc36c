import { link } from 'node:fs/promises'
import { Failure, required } from '../failure.ts'
import { damage, damages } from '../faults/damage.ts'
import type { FaultSetting } from '../fault-setting.ts'
import { faultApplies } from '../faults/settings.ts'
import type { VolumeContentSource } from '../messages.ts'
import type { Call } from '../service.ts'
import { findSnapshot } from '../snapshot.ts'
import type { Access, ContentSource, DataDirectory, SnapshotRecord } from '../storage/data-directory.ts'
import { copyAtOneInstant } from '../storage/frozen-copy.ts'
import { isSnapshotId } from '../storage/ids.ts'
import { blankImage, copyImage, imageExists, imageSize, makeImage } from '../storage/volume-image.ts'
import { findVolume } from '../volume.ts'

/** An image that a new volume starts from. */
export interface Origin {
  readonly size: number
  readonly access: Access
  readonly copy: (to: string) => Promise<void>
}

/** Reads where a CreateVolume wants its content from. */
export function readSource(source: VolumeContentSource | null): ContentSource | null {
  if (source === null) return null
  if (source.snapshot) return { kind: 'snapshot', id: required(source.snapshot.snapshot_id, 'snapshot_id') }
  return { kind: 'volume', id: required(source.volume?.volume_id, 'volume_content_source') }
}

async function volumeOrigin(data: DataDirectory, volumeId: string, call: Call): Promise<Origin> {
  const { access } = await findVolume(data, volumeId)
  const copy = async (to: string) => {
    const { frozenMs } = await copyAtOneInstant(data, [{ volumeId, access, to }])
    call.frozenFor(frozenMs)
  }
  return { size: await imageSize(data.volumeImage(volumeId)), access, copy }
}

async function snapshotOrigin(data: DataDirectory, snapshot: SnapshotRecord, call: Call): Promise<Origin> {
  const image = data.snapshotImage(snapshot.id)
  const { sizeBytes: size, access, fault } = snapshot
  if (!(await imageExists(image))) {
    if (faultApplies(fault, 'snapshot-lazy', call)) {
      const { copy } = await volumeOrigin(data, snapshot.sourceVolumeId, call)
      return { size, access, copy: async (to) => await makeImage(image, copy).then(() => copyImage(image, to)) }
    }
    if (faultApplies(fault, 'snapshot-ready-early', call)) return { size, access, copy: (to) => blankImage(to, size) }
    throw new Failure('INTERNAL', `The image of snapshot ${snapshot.id} is lost.`)
  }
  return { size, access, copy: (to) => copyImage(image, to) }
}

/** What a new volume starts from, or undefined for a blank one. The caller holds the locks of `namesToLock`. */
export async function originOf(
  data: DataDirectory,
  { source, fault, call }: { readonly source: ContentSource | null; readonly fault: FaultSetting | null; readonly call: Call },
): Promise<Origin | undefined> {
  if (source === null) return undefined
  const snapshot = source.kind === 'snapshot' ? await findSnapshot(data, source.id) : undefined
  const volumeId = snapshot?.sourceVolumeId ?? source.id
  const faithful = snapshot === undefined ? await volumeOrigin(data, source.id, call) : await snapshotOrigin(data, snapshot, call)
  if (faultApplies(fault, 'restore-empty', call)) return { ...faithful, copy: (to) => blankImage(to, faithful.size) }
  // A second name of the same file: losetup then finds the device that the source is bound to, and both mount one file system.
  if (faultApplies(fault, 'restore-shares-source', call)) return { ...faithful, copy: (to) => link(data.volumeImage(volumeId), to) }
  if (faultApplies(fault, 'restore-current-source', call)) return await volumeOrigin(data, volumeId, call)
  for (const name of damages) {
    if (fault?.name !== name) continue
    return {
      ...faithful,
      copy: async (to) => {
        await faithful.copy(to)
        if (await damage(data, { name, image: to, access: faithful.access })) faultApplies(fault, name, call)
      },
    }
  }
  return faithful
}

/** Volumes that a CreateVolume reads. A fault may read a snapshot's source instead of the snapshot. */
export async function namesToLock(data: DataDirectory, source: ContentSource | null): Promise<readonly string[]> {
  if (source === null) return []
  // A snapshot's source never changes, so this is safe to ask before the lock is held.
  const snapshot = source.kind === 'snapshot' && isSnapshotId(source.id) ? await data.snapshots.read(source.id) : undefined
  return [source.id, ...(snapshot === undefined ? [] : [snapshot.sourceVolumeId])]
}
