import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { whyNotOffered } from '../capability.ts'
import { Failure, required } from '../failure.ts'
import { forgetFaultCounts, faultApplies } from '../faults/settings.ts'
import type { GetCapacityRequest, ListRequest, ValidateVolumeCapabilitiesRequest, VolumeRequest } from '../messages.ts'
import type { Call, Service } from '../service.ts'
import type { DataDirectory, VolumeRecord } from '../storage/data-directory.ts'
import { flush } from '../storage/durable-file.ts'
import { isVolumeId } from '../storage/ids.ts'
import { releaseLoopDevice } from '../storage/loop-device.ts'
import { everyRecord } from '../storage/records.ts'
import { blankImage, makeImage } from '../storage/volume-image.ts'
import { isWithin, segmentsOf } from '../topology.ts'
import { conditionOf, faultOf, findVolume } from '../volume.ts'
import { attachmentHandlers } from './attachments.ts'
import { smallestVolume } from './capacity.ts'
import { changeHandlers } from './change-volume.ts'
import { createVolume } from './create-volume.ts'
import { freeSpace } from './free-space.ts'
import { volumeMessage } from './messages.ts'
import { cutPage } from './paging.ts'
import { type ControllerOptions, readVolumeParameters, type ParameterOptions } from './parameters.ts'
import { snapshotHandlers } from './snapshot-handlers.ts'

/** What the driver declares in ControllerGetCapabilities. */
export const controllerCapabilities = [
  'CREATE_DELETE_VOLUME',
  'PUBLISH_UNPUBLISH_VOLUME',
  'PUBLISH_READONLY',
  'LIST_VOLUMES',
  'LIST_VOLUMES_PUBLISHED_NODES',
  'GET_CAPACITY',
  'CREATE_DELETE_SNAPSHOT',
  'LIST_SNAPSHOTS',
  'GET_SNAPSHOT',
  'CLONE_VOLUME',
  'EXPAND_VOLUME',
  'MODIFY_VOLUME',
  'GET_VOLUME',
  'VOLUME_CONDITION',
  'SINGLE_NODE_MULTI_WRITER',
]

function deleteVolume(data: DataDirectory) {
  return async (request: VolumeRequest, call: Call) => {
    const id = required(request.volume_id, 'volume_id')
    if (!isVolumeId(id)) return {}
    const answer = await data.lock([id], async () => {
      const volume = await data.volumes.read(id)
      const fault = volume === undefined ? null : faultOf(volume)
      const node = volume?.attachedTo[0]?.nodeId
      if (node !== undefined && fault?.name !== 'detach-never-happens')
        throw new Failure('FAILED_PRECONDITION', `Volume ${id} is attached to node ${node}: detach it first.`)
      if (faultApplies(fault, 'delete-leaves-data', call)) return { spreads: false }
      const image = data.volumeImage(id)
      await data.volumes.remove(id)
      // A node that died with the volume mounted leaves its loop device behind.
      await releaseLoopDevice(image).catch((error: unknown) => {
        if (volume !== undefined) throw error
      })
      for (const file of [image, data.staleImage(id)]) {
        await rm(file, { force: true })
        await flush(dirname(file))
      }
      await forgetFaultCounts(data, id)
      return { spreads: faultApplies(fault, 'deletion-spreads', call) }
    })
    if (answer.spreads) await eraseOthers(data)
    return {}
  }
}

/** Erases the volumes made with `deletion-spreads` that no node uses. */
async function eraseOthers(data: DataDirectory): Promise<void> {
  for (const id of await data.volumes.ids())
    await data.lock([id], async () => {
      const volume = await data.volumes.read(id)
      if (volume === undefined || volume.attachedTo.length > 0 || faultOf(volume)?.name !== 'deletion-spreads') return
      await makeImage(data.volumeImage(id), (temporary) => blankImage(temporary, volume.capacityBytes))
    })
}

function validate(data: DataDirectory, options: ParameterOptions) {
  return async (request: ValidateVolumeCapabilitiesRequest) => {
    const id = required(request.volume_id, 'volume_id')
    if (request.volume_capabilities.length === 0) throw new Failure('INVALID_ARGUMENT', 'volume_capabilities is missing: set it.')
    const { access } = await findVolume(data, id)
    const reasons = request.volume_capabilities.map(
      (capability) =>
        whyNotOffered(capability) ??
        (Boolean(capability.block) === (access.type === 'block') ? undefined : `Volume ${id} has another volume mode.`),
    )
    const reason = reasons.find((each) => each !== undefined) ?? parameterProblem(request, options)
    if (reason !== undefined) return { message: reason }
    const { volume_capabilities, volume_context, parameters } = request
    return { confirmed: { volume_capabilities, volume_context, parameters } }
  }
}

function parameterProblem({ parameters }: ValidateVolumeCapabilitiesRequest, options: ParameterOptions): string | undefined {
  try {
    readVolumeParameters(parameters, options)
    return undefined
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}

async function entryOf(data: DataDirectory, volume: VolumeRecord): Promise<object> {
  const published_node_ids = volume.attachedTo.map(({ nodeId }) => nodeId)
  return { volume: volumeMessage(volume), status: { published_node_ids, volume_condition: await conditionOf(data, volume) } }
}

function list(data: DataDirectory) {
  return async (request: ListRequest) => {
    const page = cutPage(await data.volumes.ids(), request, isVolumeId)
    const volumes = await Promise.all(page.ids.map((id) => data.volumes.read(id)))
    const entries = await Promise.all(volumes.filter((volume) => volume !== undefined).map((volume) => entryOf(data, volume)))
    return { entries, next_token: page.nextToken }
  }
}

/** All nodes share one directory, so wherever the driver has a node there is the same room. */
function capacity(data: DataDirectory, options: ParameterOptions) {
  return async (request: GetCapacityRequest) => {
    const { segments = {} } = request.accessible_topology ?? {}
    const nodes = await everyRecord(data.nodes)
    readVolumeParameters(request.parameters, options)
    const hasNode = Object.keys(segments).length === 0 || nodes.some((node) => isWithin(segmentsOf(node), segments))
    const isOffered = request.volume_capabilities.every((capability) => whyNotOffered(capability) === undefined)
    const free = hasNode && isOffered ? await freeSpace(data) : 0
    const smallest = smallestVolume({ type: 'mount', fsType: 'xfs' })
    return { available_capacity: free, maximum_volume_size: { value: free }, minimum_volume_size: { value: smallest } }
  }
}

/** csi.v1.Controller: volumes and snapshots as files and records; nothing here touches a node's mounts. */
export function controllerService(data: DataDirectory, options: ControllerOptions): Service {
  return {
    ControllerGetCapabilities: async () => ({ capabilities: controllerCapabilities.map((type) => ({ rpc: { type } })) }),
    CreateVolume: createVolume(data, options),
    DeleteVolume: deleteVolume(data),
    ControllerGetVolume: async (request: VolumeRequest) =>
      await entryOf(data, await findVolume(data, required(request.volume_id, 'volume_id'))),
    ValidateVolumeCapabilities: validate(data, options),
    ListVolumes: list(data),
    GetCapacity: capacity(data, options),
    ...attachmentHandlers(data, options.behaviour),
    ...changeHandlers(data, options),
    ...snapshotHandlers(data, options),
  }
}
