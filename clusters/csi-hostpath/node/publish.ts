import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isReaderOnly, readCapability } from '../capability.ts'
import { command } from '../command.ts'
import { Failure, required } from '../failure.ts'
import { faultApplies } from '../faults/settings.ts'
import type { NodePublishVolumeRequest, NodeUnpublishVolumeRequest } from '../messages.ts'
import type { Call } from '../service.ts'
import type { VolumeRecord } from '../storage/data-directory.ts'
import { ephemeralIdFor } from '../storage/ids.ts'
import { findLoopDevice } from '../storage/loop-device.ts'
import { faultOf, findVolume, readVolume } from '../volume.ts'
import { isEphemeral, publishEphemeral, removeEphemeral } from './ephemeral.ts'
import { mountAt, removeTarget, unmountAll } from './mounts.ts'
import { isMountedAt, mountPaths, refuseOccupied } from './served-volume.ts'
import { attachmentHere, type NodeContext } from './stage.ts'

/** Handles NodePublishVolume: shows a staged volume at the path of one Pod. */
export function publish(context: NodeContext) {
  const { data, nodeId } = context
  return async (request: NodePublishVolumeRequest, call: Call) => {
    const id = required(request.volume_id, 'volume_id')
    const target = required(request.target_path, 'target_path')
    const asked = readCapability(request.volume_capability)
    if (isEphemeral(request)) return await publishEphemeral(context, { request, mountFlags: asked.mountFlags })
    const staging = required(request.staging_target_path, 'staging_target_path')
    return await data.lock([id], async () => {
      const volume = await findVolume(data, id)
      const attachment = attachmentHere(volume, nodeId)
      const image = data.volumeImage(attachment.serves)
      const staged = await data.staged.read(`${id}.${nodeId}`)
      const isStaged =
        staged?.path === staging &&
        (staged.access.type === 'block' ? (await findLoopDevice(image)) !== undefined : await isMountedAt(image, staging))
      if (staged === undefined || !isStaged)
        throw new Failure('FAILED_PRECONDITION', `Volume ${id} is not staged at ${staging}: stage it first.`)
      if (staged.access.type !== asked.access.type) throw new Failure('INVALID_ARGUMENT', `Volume ${id} is staged in another volume mode.`)
      const readOnlyAt = data.readOnlyMount(id, nodeId)
      const others = (await mountPaths(image)).filter((path) => ![staging, target, readOnlyAt].includes(path))
      if (asked.accessMode === 'SINGLE_NODE_SINGLE_WRITER' && others[0] !== undefined) {
        throw new Failure('FAILED_PRECONDITION', `Volume ${id} has a single writer and is already published at ${others[0]}.`)
      }
      const wanted = request.readonly || attachment.readonly || isReaderOnly(asked.accessMode) || asked.mountFlags.includes('ro')
      const readonly = wanted && !ignoresReadOnly(volume, call)
      if (staged.access.type === 'block')
        await showDevice({ id, image, target, readonly: request.readonly && !isReaderOnly(asked.accessMode) })
      else await bind({ image, staging, target, readOnlyAt: readonly ? readOnlyAt : undefined })
      return {}
    })
  }
}

function ignoresReadOnly(volume: VolumeRecord, call: Call): boolean {
  return faultApplies(faultOf(volume), 'read-only-is-writable', call)
}

interface Bind {
  readonly image: string
  readonly staging: string
  readonly target: string
  /** A directory of the driver's own to make the mount read-only at; undefined for one that can be written. */
  readonly readOnlyAt: string | undefined
}

async function bind({ image, staging, target, readOnlyAt }: Bind): Promise<void> {
  if (await isMountedAt(image, target)) {
    const isReadOnly = (await mountAt(target))?.options.includes('ro') ?? false
    if (isReadOnly === (readOnlyAt !== undefined)) return
    throw new Failure('ALREADY_EXISTS', `The volume is published ${isReadOnly ? 'read-only' : 'for writing'} at ${target}.`)
  }
  await refuseOccupied(target)
  await mkdir(target, { recursive: true, mode: 0o750 })
  if (readOnlyAt === undefined) await command('mount', ['--bind', staging, target])
  else await bindReadOnly({ staging, target, readOnlyAt })
}

/**
 * A remount changes this process's mount and not the copies of it that kubelet and the Pod see, but a bind takes the flag along. So the
 * mount is made read-only elsewhere, and what appears at the target has been read-only from its first moment.
 */
async function bindReadOnly({
  staging,
  target,
  readOnlyAt,
}: Pick<Bind, 'staging' | 'target'> & { readonly readOnlyAt: string }): Promise<void> {
  await unmountAll(readOnlyAt)
  await mkdir(readOnlyAt, { recursive: true })
  await command('mount', ['--bind', staging, readOnlyAt])
  await command('mount', ['-o', 'remount,bind,ro', readOnlyAt])
  await command('mount', ['--bind', readOnlyAt, target])
  await clearReadOnly(readOnlyAt)
}

/** Removes what `bindReadOnly` left when it was killed. */
async function clearReadOnly(readOnlyAt: string): Promise<void> {
  await unmountAll(readOnlyAt)
  await removeTarget(readOnlyAt)
}

async function showDevice({
  id,
  image,
  target,
  readonly,
}: Pick<Bind, 'image' | 'target'> & { readonly id: string; readonly readonly: boolean }): Promise<void> {
  // A device node cannot be made read-only by the mount that shows it.
  if (readonly)
    throw new Failure('INVALID_ARGUMENT', `A raw block volume can only be read-only with a reader access mode: request one for ${id}.`)
  if (await isMountedAt(image, target)) return
  await refuseOccupied(target)
  const device = await findLoopDevice(image)
  if (device === undefined) throw new Failure('INTERNAL', `No loop device is bound to ${image}.`)
  await mkdir(dirname(target), { recursive: true, mode: 0o750 })
  const file = await open(target, 'a', 0o660)
  await file.close()
  await command('mount', ['--bind', device, target])
}

/** Handles NodeUnpublishVolume: takes the volume away from the path of one Pod; an ephemeral one goes altogether. */
export function unpublish({ data, nodeId }: NodeContext) {
  return async (request: NodeUnpublishVolumeRequest) => {
    const id = required(request.volume_id, 'volume_id')
    const target = required(request.target_path, 'target_path')
    const ephemeral = await data.ephemeral.read(ephemeralIdFor(id))
    if (ephemeral !== undefined) {
      await removeEphemeral(data, ephemeral, target)
      return {}
    }
    const volume = await readVolume(data, id)
    return await data.lock([id], async () => {
      await unmountAll(target)
      await removeTarget(target)
      if (volume !== undefined) await clearReadOnly(data.readOnlyMount(id, nodeId))
      return {}
    })
  }
}
