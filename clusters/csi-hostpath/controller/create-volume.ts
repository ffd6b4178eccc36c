import { link } from 'node:fs/promises'
import { takeTime } from '../behaviour.ts'
import { readAccess, sameAccess } from '../capability.ts'
import { Failure, required } from '../failure.ts'
import { delay, failSometimes, faultApplies } from '../faults/settings.ts'
import type { CreateVolumeRequest } from '../messages.ts'
import type { Call } from '../service.ts'
import type { Access, ContentSource, DataDirectory, VolumeRecord } from '../storage/data-directory.ts'
import { isSnapshotId, isVolumeId, volumeIdFor } from '../storage/ids.ts'
import { everyRecord } from '../storage/records.ts'
import { blankImage, growImage, makeImage } from '../storage/volume-image.ts'
import { findVolume, imageSizeOf } from '../volume.ts'
import { chooseSize, fits, smallestVolume } from './capacity.ts'
import { refuseMoreThanThereIs } from './free-space.ts'
import { volumeMessage } from './messages.ts'
import { namesToLock, originOf, readSource, type Origin } from './origin.ts'
import { type ControllerOptions, readMutableParameters, readVolumeParameters } from './parameters.ts'
import { choosePlace } from './placement.ts'

function sameSource(one: ContentSource | null, other: ContentSource | null): boolean {
  return one?.kind === other?.kind && one?.id === other?.id
}

function isSameRequest(existing: VolumeRecord, wanted: Pick<VolumeRecord, 'source' | 'access' | 'placement' | 'fault'>): boolean {
  return (
    sameSource(existing.source, wanted.source) &&
    sameAccess(existing.access, wanted.access) &&
    existing.placement === wanted.placement &&
    existing.fault?.name === wanted.fault?.name
  )
}

/** The oldest volume made with `volumes-share-data`, which all later ones are. */
async function sharedVolume(data: DataDirectory): Promise<VolumeRecord | undefined> {
  const sharing = (await everyRecord(data.volumes)).filter((each) => each.fault?.name === 'volumes-share-data')
  return sharing.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt))[0]
}

/** Makes CreateVolume: a new blank volume, one restored from a snapshot, or a clone of a volume. */
export function createVolume(data: DataDirectory, options: ControllerOptions) {
  const writeImage = async (volume: VolumeRecord, origin: Origin | undefined, call: Call): Promise<void> => {
    const size = imageSizeOf(volume, call)
    const shared = faultApplies(volume.fault, 'volumes-share-data', call) ? await sharedVolume(data) : undefined
    await makeImage(data.volumeImage(volume.id), async (temporary) => {
      if (shared !== undefined) await link(data.volumeImage(shared.id), temporary)
      else if (origin === undefined) await blankImage(temporary, size)
      else await origin.copy(temporary)
      if (origin === undefined || !faultApplies(volume.fault, 'copies-keep-size', call)) await growImage(temporary, size)
    })
  }

  return async (request: CreateVolumeRequest, call: Call) => {
    const name = required(request.name, 'name')
    const access = readAccess(request.volume_capabilities)
    const { placement, clones, fault } = readVolumeParameters(request.parameters, options)
    const mutable = readMutableParameters(request.mutable_parameters, options)
    const source = readSource(request.volume_content_source)
    const id = volumeIdFor(name)
    // The dots-and-slashes of a foreign id never become the name of anything.
    const locks = [id, ...(await namesToLock(data, source))].filter((each) => isVolumeId(each) || isSnapshotId(each))
    await delay(fault, call)
    if ((await data.volumes.read(id)) === undefined) await takeTime(options.behaviour.provisionSeconds)

    return await data.lock(locks, async () => {
      const existing = await data.volumes.read(id)
      if (existing !== undefined) {
        if (!fits(existing.capacityBytes, request.capacity_range) || !isSameRequest(existing, { source, access, placement, fault }))
          throw new Failure('ALREADY_EXISTS', `Volume ${name} exists with another size, content source, access or parameter.`)
        return { volume: volumeMessage(existing) }
      }
      if (source?.kind === 'volume' && clones === 'unused') await refuseInUse(data, source.id)
      await failSometimes(data, { id, fault, name: 'creation-fails', call })
      const origin = await originOf(data, { source, fault, call })
      if (origin !== undefined && holdsAnotherFileSystem(origin.access, access))
        throw new Failure(
          'INVALID_ARGUMENT',
          `The content source of ${name} has another file system: request the file system of the source.`,
        )
      const capacityBytes = chooseSize(request.capacity_range, {
        smallest: smallestVolume(access),
        step: options.behaviour.sizeStep,
        ...(origin === undefined ? {} : { content: origin.size }),
      })
      await refuseMoreThanThereIs(data, { size: capacityBytes, code: 'RESOURCE_EXHAUSTED' })
      const topology = choosePlace(placement, { requirement: request.accessibility_requirements, nodes: await everyRecord(data.nodes) })
      const createdAt = new Date().toISOString()
      const volume: VolumeRecord = {
        id,
        name,
        capacityBytes,
        createdAt,
        source,
        access,
        topology,
        placement,
        fault,
        mutable,
        attachedTo: [],
      }
      await writeImage(volume, origin, call)
      await data.volumes.write(id, volume)
      return { volume: volumeMessage(volume) }
    })
  }
}

/** Refuses to clone a volume that is attached to a node, as drivers do that copy only what nobody writes. */
async function refuseInUse(data: DataDirectory, volumeId: string): Promise<void> {
  const [attachment] = (await findVolume(data, volumeId)).attachedTo
  if (attachment !== undefined)
    throw new Failure('FAILED_PRECONDITION', `Volume ${volumeId} is attached to node ${attachment.nodeId}: clone it once it is detached.`)
}

/** A raw block volume may hold any file system, and one with a file system may be read as a raw block volume. */
function holdsAnotherFileSystem(content: Access, wanted: Access): boolean {
  return content.type === 'mount' && wanted.type === 'mount' && content.fsType !== wanted.fsType
}
