import { mkdir } from 'node:fs/promises'
import { isReaderOnly, readCapability, sameAccess } from '../capability.ts'
import { command } from '../command.ts'
import { Failure, required } from '../failure.ts'
import { failSometimes, faultApplies } from '../faults/settings.ts'
import type { NodeStageVolumeRequest, NodeUnstageVolumeRequest } from '../messages.ts'
import type { Call } from '../service.ts'
import type { Access, Attachment, DataDirectory, StagedRecord, VolumeRecord } from '../storage/data-directory.ts'
import { isVolumeId } from '../storage/ids.ts'
import { bindLoopDevice, findLoopDevice, refreshSize, releaseLoopDevice, setReadAhead } from '../storage/loop-device.ts'
import { everyRecord } from '../storage/records.ts'
import { copyImage, imageExists, makeImage } from '../storage/volume-image.ts'
import { faultOf, findVolume } from '../volume.ts'
import { unmountAll } from './mounts.ts'
import { mountImage } from './served-volume.ts'

/** Dependencies of the node service. */
export interface NodeContext {
  readonly data: DataDirectory
  readonly nodeId: string
  readonly zone: string
  readonly maxVolumes: number
}

/** The volume's attachment to this node; without one nothing is mounted here. */
export function attachmentHere(volume: VolumeRecord, nodeId: string): Attachment {
  const attachment = volume.attachedTo.find((each) => each.nodeId === nodeId)
  if (attachment !== undefined) return attachment
  const elsewhere = volume.attachedTo.map((each) => each.nodeId).join(', ') || 'no node'
  throw new Failure(
    'FAILED_PRECONDITION',
    `Volume ${volume.id} is not attached to node ${nodeId} but to ${elsewhere}: publish it to this node first.`,
  )
}

/** Handles NodeStageVolume: binds the loop device and, unless the volume is raw block, mounts its file system. */
export function stage({ data, nodeId }: NodeContext) {
  return async (request: NodeStageVolumeRequest, call: Call) => {
    const id = required(request.volume_id, 'volume_id')
    const path = required(request.staging_target_path, 'staging_target_path')
    const { access, accessMode, mountFlags } = readCapability(request.volume_capability)
    const before = await findVolume(data, id)
    const { serves = id } = before.attachedTo.find((each) => each.nodeId === nodeId) ?? {}
    return await data.lock([id, serves], async () => {
      const volume = await findVolume(data, id)
      const fault = faultOf(volume)
      attachmentHere(volume, nodeId)
      if (
        access.type === 'mount' &&
        volume.access.type === 'mount' &&
        !sameAccess(access, volume.access) &&
        request.volume_capability?.mount?.fs_type !== ''
      )
        throw new Failure('INVALID_ARGUMENT', `Volume ${id} was made for ${volume.access.fsType}, not ${access.fsType}.`)
      await failSometimes(data, { id, fault, name: 'stage-fails', call })
      const image = data.volumeImage(serves)
      if (fault?.name === 'fsync-lies' && !(await imageExists(data.staleImage(serves)))) {
        await makeImage(data.staleImage(serves), (temporary) => copyImage(image, temporary))
      }
      const staged: StagedRecord = { volumeId: id, nodeId, path, serves, access: effective(access, volume) }
      await data.staged.write(`${id}.${nodeId}`, staged)
      // One superblock serves every mount of the volume: read-only is a matter of the single bind mount.
      const flags = mountFlags.filter((flag) => flag !== 'ro')
      if (staged.access.type === 'mount')
        await mountImage(image, { path, fsType: staged.access.fsType, flags, collides: faultApplies(fault, 'copies-collide', call) })
      else await bindBlock(image, { path, readonly: isReaderOnly(accessMode) })
      const device = await findLoopDevice(image)
      if (device !== undefined) await setReadAhead(device, volume.mutable.readAheadKiB)
      return {}
    })
  }
}

/** A request without a file system type means the one the volume was made with. */
function effective(access: Access, volume: VolumeRecord): Access {
  return access.type === 'mount' && volume.access.type === 'mount' ? volume.access : access
}

async function bindBlock(image: string, { path, readonly }: { readonly path: string; readonly readonly: boolean }): Promise<void> {
  await mkdir(path, { recursive: true })
  await refreshSize(await bindLoopDevice(image, { readonly }))
}

/** Handles NodeUnstageVolume: unmounts, and frees the loop device once no node has the volume staged. */
export function unstage({ data, nodeId }: NodeContext) {
  return async (request: NodeUnstageVolumeRequest, call: Call) => {
    const id = required(request.volume_id, 'volume_id')
    const path = required(request.staging_target_path, 'staging_target_path')
    if (!isVolumeId(id)) throw new Failure('NOT_FOUND', `Volume ${id} does not exist.`)
    const { serves = id } = (await data.staged.read(`${id}.${nodeId}`)) ?? {}
    return await data.lock([id, serves], async () => {
      const volume = await data.volumes.read(id)
      const fault = volume === undefined ? null : faultOf(volume)
      await unmountAll(path)
      const others = (await everyRecord(data.staged)).filter(
        (each) => each.serves === serves && !(each.volumeId === id && each.nodeId === nodeId),
      )
      if (others.length === 0 && (await imageExists(data.volumeImage(serves)))) {
        await releaseLoopDevice(data.volumeImage(serves))
        if ((await imageExists(data.staleImage(serves))) && faultApplies(fault, 'fsync-lies', call))
          await command('mv', [data.staleImage(serves), data.volumeImage(serves)])
      }
      await data.staged.remove(`${id}.${nodeId}`)
      return {}
    })
  }
}
