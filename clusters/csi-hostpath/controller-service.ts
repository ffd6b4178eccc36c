import { rm, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readCapability, whyNotOffered } from './capability.ts'
import { chooseSize, smallestVolume } from './capacity.ts'
import { createVolume, volumeMessage } from './create-volume.ts'
import type { Attachment, DataDirectory, VolumeRecord } from './data-directory.ts'
import { flush } from './durable-file.ts'
import { Failure, required } from './failure.ts'
import { isNodeId, isVolumeId } from './ids.ts'
import { releaseLoopDevice } from './loop-device.ts'
import type {
  ControllerExpandVolumeRequest,
  ControllerPublishVolumeRequest,
  ControllerUnpublishVolumeRequest,
  GetCapacityRequest,
  ListRequest,
  ValidateVolumeCapabilitiesRequest,
  VolumeRequest,
} from './messages.ts'
import { cutPage } from './paging.ts'
import type { Call, Service } from './service.ts'
import { snapshotHandlers } from './snapshot-handlers.ts'
import { growImage } from './volume-image.ts'

const capabilities = [
  'CREATE_DELETE_VOLUME',
  'PUBLISH_UNPUBLISH_VOLUME',
  'PUBLISH_READONLY',
  'LIST_VOLUMES',
  'LIST_VOLUMES_PUBLISHED_NODES',
  'GET_CAPACITY',
  'CREATE_DELETE_SNAPSHOT',
  'LIST_SNAPSHOTS',
  'CLONE_VOLUME',
  'EXPAND_VOLUME',
  'SINGLE_NODE_MULTI_WRITER',
]

async function findVolume(data: DataDirectory, id: string): Promise<VolumeRecord> {
  const volume = isVolumeId(id) ? await data.volumes.read(id) : undefined
  if (volume === undefined) throw new Failure('NOT_FOUND', `Volume ${id} does not exist.`)
  return volume
}

function deleteVolume(data: DataDirectory) {
  return async (request: VolumeRequest) => {
    const id = required(request.volume_id, 'volume_id')
    if (!isVolumeId(id)) return {}
    return await data.lock([id], async () => {
      const volume = await data.volumes.read(id)
      const node = volume?.attachedTo[0]?.nodeId
      if (node !== undefined) throw new Failure('FAILED_PRECONDITION', `Volume ${id} is attached to node ${node}: detach it first.`)
      const image = data.volumeImage(id)
      await data.volumes.remove(id)
      // A node that died with the volume mounted leaves its loop device behind.
      await releaseLoopDevice(image).catch((error: unknown) => {
        if (volume !== undefined) throw error
      })
      await rm(image, { force: true })
      await flush(dirname(image))
      return {}
    })
  }
}

function publish(data: DataDirectory) {
  return async (request: ControllerPublishVolumeRequest) => {
    const id = required(request.volume_id, 'volume_id')
    const nodeId = required(request.node_id, 'node_id')
    const { accessMode } = readCapability(request.volume_capability)
    await findVolume(data, id)
    const node = isNodeId(nodeId) ? await data.nodes.read(nodeId) : undefined
    if (node === undefined) throw new Failure('NOT_FOUND', `Node ${nodeId} has not introduced itself to the driver.`)
    return await data.lock([id], async () => {
      const volume = await findVolume(data, id)
      const elsewhere = volume.attachedTo.find((attachment) => attachment.nodeId !== nodeId)
      if (elsewhere !== undefined) {
        throw new Failure(
          'FAILED_PRECONDITION',
          `Volume ${id} is attached to node ${elsewhere.nodeId} with access mode ${elsewhere.accessMode}.`,
        )
      }
      const here = volume.attachedTo[0]
      if (here !== undefined) {
        if (here.readonly === request.readonly && here.accessMode === accessMode) return { publish_context: {} }
        throw new Failure(
          'ALREADY_EXISTS',
          `Volume ${id} is attached to node ${nodeId} in another way: ${here.accessMode}, readonly ${here.readonly}.`,
        )
      }
      const attachment: Attachment = { nodeId, accessMode, readonly: request.readonly, at: new Date().toISOString() }
      await data.volumes.write(id, { ...volume, attachedTo: [attachment] })
      return { publish_context: {} }
    })
  }
}

function unpublish(data: DataDirectory) {
  return async (request: ControllerUnpublishVolumeRequest) => {
    const id = required(request.volume_id, 'volume_id')
    if (!isVolumeId(id)) return {}
    return await data.lock([id], async () => {
      const volume = await data.volumes.read(id)
      if (volume === undefined) return {}
      // No node id means every node.
      const left = volume.attachedTo.filter(({ nodeId }) => request.node_id !== '' && nodeId !== request.node_id)
      if (left.length < volume.attachedTo.length) await data.volumes.write(id, { ...volume, attachedTo: left })
      return {}
    })
  }
}

function expand(data: DataDirectory) {
  return async (request: ControllerExpandVolumeRequest, call: Call) => {
    const id = required(request.volume_id, 'volume_id')
    const range = required(request.capacity_range, 'capacity_range')
    if (request.volume_capability !== null) readCapability(request.volume_capability)
    const wanted = chooseSize(range)
    await findVolume(data, id)
    return await data.lock([id], async () => {
      const volume = await findVolume(data, id)
      const size = Math.max(wanted, volume.capacityBytes)
      const limit = Number(range.limit_bytes)
      if (limit > 0 && size > limit)
        throw new Failure('OUT_OF_RANGE', `Volume ${id} already has ${size} bytes, more than limit_bytes ${limit}.`)
      const booksOnly = volume.fault === 'expansion-books-only'
      if (booksOnly) call.applyFault('expansion-books-only')
      else await growImage(data.volumeImage(id), size)
      if (size > volume.capacityBytes) await data.volumes.write(id, { ...volume, capacityBytes: size })
      return { capacity_bytes: size, node_expansion_required: !booksOnly }
    })
  }
}

function validate(data: DataDirectory) {
  return async (request: ValidateVolumeCapabilitiesRequest) => {
    const id = required(request.volume_id, 'volume_id')
    if (request.volume_capabilities.length === 0) throw new Failure('INVALID_ARGUMENT', 'volume_capabilities is missing: set it.')
    await findVolume(data, id)
    const reason = request.volume_capabilities.map((capability) => whyNotOffered(capability)).find((each) => each !== undefined)
    if (reason !== undefined) return { message: reason }
    const { volume_capabilities, volume_context, parameters } = request
    return { confirmed: { volume_capabilities, volume_context, parameters } }
  }
}

function list(data: DataDirectory) {
  return async (request: ListRequest) => {
    const page = cutPage(await data.volumes.ids(), request, isVolumeId)
    const volumes = await Promise.all(page.ids.map((id) => data.volumes.read(id)))
    const entries = volumes
      .filter((volume) => volume !== undefined)
      .map((volume) => ({ volume: volumeMessage(volume), status: { published_node_ids: volume.attachedTo.map(({ nodeId }) => nodeId) } }))
    return { entries, next_token: page.nextToken }
  }
}

function capacity(data: DataDirectory) {
  return async (request: GetCapacityRequest) => {
    const offered = request.volume_capabilities.every((capability) => whyNotOffered(capability) === undefined)
    const { bavail, bsize } = await statfs(data.root)
    return { available_capacity: offered ? bavail * bsize : 0, minimum_volume_size: { value: smallestVolume } }
  }
}

/** csi.v1.Controller: volumes and snapshots as files and records; nothing here touches a node's mounts. */
export function controllerService(data: DataDirectory, options: { readonly faultsEnabled: boolean }): Service {
  return {
    ControllerGetCapabilities: async () => ({ capabilities: capabilities.map((type) => ({ rpc: { type } })) }),
    CreateVolume: createVolume(data, options),
    DeleteVolume: deleteVolume(data),
    ControllerPublishVolume: publish(data),
    ControllerUnpublishVolume: unpublish(data),
    ControllerExpandVolume: expand(data),
    ValidateVolumeCapabilities: validate(data),
    ListVolumes: list(data),
    GetCapacity: capacity(data),
    ...snapshotHandlers(data),
  }
}
