import { mkdir, rmdir } from 'node:fs/promises'
import { readCapability } from './capability.ts'
import { command } from './command.ts'
import type { Attachment, DataDirectory, VolumeRecord } from './data-directory.ts'
import { Failure, required } from './failure.ts'
import { isVolumeId } from './ids.ts'
import { releaseLoopDevice } from './loop-device.ts'
import type {
  NodePathRequest,
  NodePublishVolumeRequest,
  NodeStageVolumeRequest,
  NodeUnpublishVolumeRequest,
  NodeUnstageVolumeRequest,
} from './messages.ts'
import { mountAt, unmountAll } from './mounts.ts'
import type { Service } from './service.ts'
import { growFileSystem, isMountedAt, mountImage, mountPaths, usageAt } from './xfs-mount.ts'

const capabilities = ['STAGE_UNSTAGE_VOLUME', 'GET_VOLUME_STATS', 'EXPAND_VOLUME', 'SINGLE_NODE_MULTI_WRITER']

/** What the node service works on. */
export interface NodeContext {
  readonly data: DataDirectory
  readonly nodeId: string
}

async function findVolume(data: DataDirectory, id: string): Promise<VolumeRecord> {
  const volume = isVolumeId(id) ? await data.volumes.read(id) : undefined
  if (volume === undefined) throw new Failure('NOT_FOUND', `Volume ${id} does not exist.`)
  return volume
}

/** The volume's attachment to this node; without one nothing is mounted here. */
function attachmentHere(volume: VolumeRecord, nodeId: string): Attachment {
  const attachment = volume.attachedTo.find((each) => each.nodeId === nodeId)
  if (attachment !== undefined) return attachment
  const elsewhere = volume.attachedTo.map((each) => each.nodeId).join(', ') || 'no node'
  throw new Failure(
    'FAILED_PRECONDITION',
    `Volume ${volume.id} is not attached to node ${nodeId} but to ${elsewhere}: publish it to this node first.`,
  )
}

function stage({ data, nodeId }: NodeContext) {
  return async (request: NodeStageVolumeRequest) => {
    const id = required(request.volume_id, 'volume_id')
    const path = required(request.staging_target_path, 'staging_target_path')
    const { mountFlags } = readCapability(request.volume_capability)
    await findVolume(data, id)
    return await data.lock([id], async () => {
      attachmentHere(await findVolume(data, id), nodeId)
      // One superblock serves every mount of the volume: read-only is a matter of the single bind mount.
      const flags = mountFlags.filter((flag) => flag !== 'ro')
      await mountImage(data.volumeImage(id), path, flags)
      return {}
    })
  }
}

function unstage({ data }: NodeContext) {
  return async (request: NodeUnstageVolumeRequest) => {
    const id = required(request.volume_id, 'volume_id')
    const path = required(request.staging_target_path, 'staging_target_path')
    if (!isVolumeId(id)) throw new Failure('NOT_FOUND', `Volume ${id} does not exist.`)
    return await data.lock([id], async () => {
      await unmountAll(path)
      if ((await data.volumes.read(id)) !== undefined) await releaseLoopDevice(data.volumeImage(id))
      return {}
    })
  }
}

function publish({ data, nodeId }: NodeContext) {
  return async (request: NodePublishVolumeRequest) => {
    const id = required(request.volume_id, 'volume_id')
    const target = required(request.target_path, 'target_path')
    const { accessMode, mountFlags } = readCapability(request.volume_capability)
    const staging = required(request.staging_target_path, 'staging_target_path')
    await findVolume(data, id)
    return await data.lock([id], async () => {
      const attachment = attachmentHere(await findVolume(data, id), nodeId)
      const image = data.volumeImage(id)
      if (!(await isMountedAt(image, staging)))
        throw new Failure('FAILED_PRECONDITION', `Volume ${id} is not staged at ${staging}: stage it first.`)
      const others = (await mountPaths(image)).filter((path) => path !== staging && path !== target)
      if (accessMode === 'SINGLE_NODE_SINGLE_WRITER' && others[0] !== undefined) {
        throw new Failure('FAILED_PRECONDITION', `Volume ${id} has a single writer and is published at ${others[0]} already.`)
      }
      const readonly = request.readonly || attachment.readonly || accessMode === 'SINGLE_NODE_READER_ONLY' || mountFlags.includes('ro')
      await bind({ image, staging, target, readonly })
      return {}
    })
  }
}

async function bind(options: {
  readonly image: string
  readonly staging: string
  readonly target: string
  readonly readonly: boolean
}): Promise<void> {
  const { image, staging, target, readonly } = options
  if (!(await isMountedAt(image, target))) {
    const occupant = await mountAt(target)
    if (occupant !== undefined) throw new Failure('ALREADY_EXISTS', `Device ${occupant.device}, not this volume, is mounted at ${target}.`)
    await mkdir(target, { recursive: true, mode: 0o750 })
    await command('mount', ['--bind', staging, target])
  }
  const mounted = await mountAt(target)
  // A kill between the two steps of a read-only mount left it writable: the repeated call finishes it.
  if (readonly && !mounted?.options.includes('ro')) await command('mount', ['-o', 'remount,bind,ro', target])
  if (!readonly && mounted?.options.includes('ro')) throw new Failure('ALREADY_EXISTS', `The volume is published read-only at ${target}.`)
}

function unpublish({ data }: NodeContext) {
  return async (request: NodeUnpublishVolumeRequest) => {
    const id = required(request.volume_id, 'volume_id')
    const target = required(request.target_path, 'target_path')
    if (!isVolumeId(id)) throw new Failure('NOT_FOUND', `Volume ${id} does not exist.`)
    return await data.lock([id], async () => {
      await unmountAll(target)
      await rmdir(target).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      })
      return {}
    })
  }
}

function expand({ data }: NodeContext) {
  return async (request: NodePathRequest) => {
    const id = required(request.volume_id, 'volume_id')
    const path = required(request.volume_path, 'volume_path')
    await findVolume(data, id)
    return await data.lock([id], async () => {
      const volume = await findVolume(data, id)
      const image = data.volumeImage(id)
      if (!(await isMountedAt(image, path))) throw new Failure('NOT_FOUND', `Volume ${id} is not mounted at ${path}.`)
      await growFileSystem(image, path)
      return { capacity_bytes: volume.capacityBytes }
    })
  }
}

function stats({ data }: NodeContext) {
  return async (request: NodePathRequest) => {
    const id = required(request.volume_id, 'volume_id')
    const path = required(request.volume_path, 'volume_path')
    await findVolume(data, id)
    if (!(await isMountedAt(data.volumeImage(id), path))) throw new Failure('NOT_FOUND', `Volume ${id} is not mounted at ${path}.`)
    return { usage: await usageAt(path) }
  }
}

/** csi.v1.Node: mounts the volumes attached to this node and grows their file systems. */
export function nodeService(context: NodeContext): Service {
  return {
    NodeGetInfo: async () => ({ node_id: context.nodeId }),
    NodeGetCapabilities: async () => ({ capabilities: capabilities.map((type) => ({ rpc: { type } })) }),
    NodeStageVolume: stage(context),
    NodeUnstageVolume: unstage(context),
    NodePublishVolume: publish(context),
    NodeUnpublishVolume: unpublish(context),
    NodeExpandVolume: expand(context),
    NodeGetVolumeStats: stats(context),
  }
}
