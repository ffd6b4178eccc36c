import { link } from 'node:fs/promises'
import { readCapability } from './capability.ts'
import { chooseSize, fits, smallestVolume } from './capacity.ts'
import type { ContentSource, DataDirectory, VolumeRecord } from './data-directory.ts'
import { Failure, required } from './failure.ts'
import { readParameters } from './faults.ts'
import { copyAtOneInstant } from './frozen-copy.ts'
import { isSnapshotId, isVolumeId, volumeIdFor } from './ids.ts'
import type { CreateVolumeRequest, VolumeContentSource } from './messages.ts'
import type { Call } from './service.ts'
import { blankImage, copyImage, growImage, imageSize, makeImage } from './volume-image.ts'

/** Fields of csi.v1.Volume for a volume we keep. */
export function volumeMessage(volume: VolumeRecord): object {
  const { source } = volume
  const content = source?.kind === 'snapshot' ? { snapshot: { snapshot_id: source.id } } : { volume: { volume_id: source?.id } }
  return {
    volume_id: volume.id,
    capacity_bytes: volume.capacityBytes,
    volume_context: {},
    ...(source === null ? {} : { content_source: content }),
  }
}

function readSource(source: VolumeContentSource | null): ContentSource | null {
  if (source === null) return null
  if (source.snapshot) return { kind: 'snapshot', id: required(source.snapshot.snapshot_id, 'snapshot_id') }
  return { kind: 'volume', id: required(source.volume?.volume_id, 'volume_content_source') }
}

/** An image to copy, and which volume it belongs to when it may be in use. */
interface Origin {
  readonly size: number
  readonly copy: (to: string) => Promise<void>
}

async function volumeOrigin(data: DataDirectory, volumeId: string): Promise<Origin> {
  const volume = isVolumeId(volumeId) ? await data.volumes.read(volumeId) : undefined
  if (volume === undefined) throw new Failure('NOT_FOUND', `Volume ${volumeId} does not exist.`)
  const copy = async (to: string) => {
    await copyAtOneInstant(data, { volumeId, to })
  }
  return { size: await imageSize(data.volumeImage(volumeId)), copy }
}

async function snapshotOrigin(data: DataDirectory, snapshotId: string): Promise<Origin & { readonly sourceVolumeId: string }> {
  const snapshot = isSnapshotId(snapshotId) ? await data.snapshots.read(snapshotId) : undefined
  if (snapshot === undefined) throw new Failure('NOT_FOUND', `Snapshot ${snapshotId} does not exist.`)
  const image = data.snapshotImage(snapshotId)
  return { size: snapshot.sizeBytes, copy: (to) => copyImage(image, to), sourceVolumeId: snapshot.sourceVolumeId }
}

function sameSource(a: ContentSource | null, b: ContentSource | null): boolean {
  return a?.kind === b?.kind && a?.id === b?.id
}

/** Makes CreateVolume: a new blank volume, one restored from a snapshot, or a clone of a volume. */
export function createVolume(data: DataDirectory, options: { readonly faultsEnabled: boolean }) {
  const originOf = async (source: ContentSource | null, fault: VolumeRecord['fault'], call: Call): Promise<Origin | undefined> => {
    if (source === null) return undefined
    if (source.kind === 'volume') return await volumeOrigin(data, source.id)
    const snapshot = await snapshotOrigin(data, source.id)
    if (fault !== 'restore-empty' && fault !== 'restore-current-source' && fault !== 'restore-shares-source') return snapshot
    call.applyFault(fault)
    if (fault === 'restore-shares-source') {
      // A second name of the same file: losetup then finds the device that the source is bound to, and both mount one file system.
      return { size: snapshot.size, copy: (to) => link(data.volumeImage(snapshot.sourceVolumeId), to) }
    }
    if (fault === 'restore-current-source') return await volumeOrigin(data, snapshot.sourceVolumeId)
    return { size: snapshot.size, copy: (to) => blankImage(to, snapshot.size) }
  }

  const locksFor = async (id: string, source: ContentSource | null): Promise<string[]> => {
    if (source === null) return [id]
    // A snapshot's source may be read instead of it, under a fault; a volume's id never changes hands, so this is safe to ask early.
    const snapshot = source.kind === 'snapshot' && isSnapshotId(source.id) ? await data.snapshots.read(source.id) : undefined
    return [id, source.id, ...(snapshot === undefined ? [] : [snapshot.sourceVolumeId])]
  }

  return async (request: CreateVolumeRequest, call: Call) => {
    const name = required(request.name, 'name')
    if (request.volume_capabilities.length === 0) throw new Failure('INVALID_ARGUMENT', 'volume_capabilities is missing: set it.')
    for (const capability of request.volume_capabilities) readCapability(capability)
    const fault = readParameters(request.parameters, options)
    if (Object.keys(request.mutable_parameters).length > 0)
      throw new Failure('INVALID_ARGUMENT', 'mutable_parameters are not offered: leave them out.')
    const source = readSource(request.volume_content_source)
    const id = volumeIdFor(name)
    // The dots-and-slashes of a foreign id never become the name of a lock file.
    const locks = (await locksFor(id, source)).filter((each) => isVolumeId(each) || isSnapshotId(each))

    return await data.lock(locks, async () => {
      const existing = await data.volumes.read(id)
      if (existing !== undefined) {
        const compatible =
          fits(existing.capacityBytes, request.capacity_range) && sameSource(existing.source, source) && existing.fault === fault
        if (!compatible) throw new Failure('ALREADY_EXISTS', `Volume ${name} exists with another size, content source or parameter.`)
        return { volume: volumeMessage(existing) }
      }
      const origin = await originOf(source, fault, call)
      const size = chooseSize(request.capacity_range, origin?.size ?? smallestVolume)
      await makeImage(data.volumeImage(id), async (temporary) => {
        if (origin === undefined) return await blankImage(temporary, size)
        await origin.copy(temporary)
        await growImage(temporary, size)
      })
      const volume: VolumeRecord = { id, name, capacityBytes: size, createdAt: new Date().toISOString(), source, fault, attachedTo: [] }
      await data.volumes.write(id, volume)
      return { volume: volumeMessage(volume) }
    })
  }
}
