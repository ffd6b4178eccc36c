import { type Behaviour, takeTime } from '../behaviour.ts'
import { isForSeveralNodes, isReaderOnly, readCapability } from '../capability.ts'
import { Failure, required } from '../failure.ts'
import { faultApplies } from '../faults/settings.ts'
import type { ControllerPublishVolumeRequest, ControllerUnpublishVolumeRequest } from '../messages.ts'
import type { Call, Service } from '../service.ts'
import type { Attachment, DataDirectory, NodeRecord, VolumeRecord } from '../storage/data-directory.ts'
import { isNodeId, isVolumeId } from '../storage/ids.ts'
import { everyRecord } from '../storage/records.ts'
import { blankImage, makeImage } from '../storage/volume-image.ts'
import { isReachable } from '../topology.ts'
import { faultOf, findVolume, imageSizeOf, readVolume } from '../volume.ts'

async function findNode(data: DataDirectory, nodeId: string): Promise<NodeRecord> {
  const node = isNodeId(nodeId) ? await data.nodes.read(nodeId) : undefined
  if (node === undefined) throw new Failure('NOT_FOUND', `Node ${nodeId} has not registered with the driver.`)
  return node
}

/** Why a volume cannot be attached to one more node in this way. */
function conflict(attached: readonly Attachment[], wanted: Pick<Attachment, 'accessMode' | 'readonly'>): string | undefined {
  const single =
    attached.find(({ accessMode }) => !isForSeveralNodes(accessMode)) ?? (isForSeveralNodes(wanted.accessMode) ? undefined : attached[0])
  if (single !== undefined) return `is attached to node ${single.nodeId} with access mode ${single.accessMode}`
  const canWrite = (each: Pick<Attachment, 'accessMode' | 'readonly'>) => !each.readonly && !isReaderOnly(each.accessMode)
  const writer = attached.find(canWrite)
  if (wanted.accessMode === 'MULTI_NODE_SINGLE_WRITER' && canWrite(wanted) && writer !== undefined)
    return `already has its single writer on node ${writer.nodeId}`
  return undefined
}

async function refuseTooMany(data: DataDirectory, node: NodeRecord): Promise<void> {
  const volumes = await everyRecord(data.volumes)
  const attached = volumes.filter((volume) => volume.attachedTo.some(({ nodeId }) => nodeId === node.id)).length
  if (attached >= node.maxVolumes)
    throw new Failure('RESOURCE_EXHAUSTED', `Node ${node.id} has ${attached} volumes attached, which is its limit: detach one.`)
}

/** The volume whose image an attachment serves. */
async function servedBy(data: DataDirectory, volume: VolumeRecord, call: Call): Promise<string> {
  if (faultOf(volume)?.name !== 'wrong-volume-published') return volume.id
  const others = (await everyRecord(data.volumes)).filter(({ id, fault }) => id !== volume.id && fault?.name === 'wrong-volume-published')
  const [other] = others.toSorted((one, two) => one.createdAt.localeCompare(two.createdAt))
  if (other === undefined) return volume.id
  faultApplies(faultOf(volume), 'wrong-volume-published', call)
  return other.id
}

function publish(data: DataDirectory, { attachSeconds }: Behaviour) {
  return async (request: ControllerPublishVolumeRequest, call: Call) => {
    const id = required(request.volume_id, 'volume_id')
    const nodeId = required(request.node_id, 'node_id')
    const { accessMode } = readCapability(request.volume_capability)
    const node = await findNode(data, nodeId)
    const isAttached = (await readVolume(data, id))?.attachedTo.some((each) => each.nodeId === nodeId) ?? false
    if (!isAttached) await takeTime(attachSeconds)
    return await data.lock([id, nodeId], async () => {
      const volume = await findVolume(data, id)
      const here = volume.attachedTo.find((attachment) => attachment.nodeId === nodeId)
      if (here !== undefined) {
        if (here.readonly === request.readonly && here.accessMode === accessMode) return { publish_context: {} }
        throw new Failure(
          'ALREADY_EXISTS',
          `Volume ${id} is already attached to node ${nodeId} with other settings: ${here.accessMode}, readonly ${here.readonly}.`,
        )
      }
      if (!isReachable(volume.topology, node))
        throw new Failure(
          'FAILED_PRECONDITION',
          `Volume ${id} is not reachable on node ${nodeId} but in ${JSON.stringify(volume.topology)}.`,
        )
      const reason = conflict(volume.attachedTo, { accessMode, readonly: request.readonly })
      if (reason !== undefined && !faultApplies(faultOf(volume), 'attach-on-two-nodes', call))
        throw new Failure('FAILED_PRECONDITION', `Volume ${id} ${reason}.`)
      await refuseTooMany(data, node)
      const serves = await servedBy(data, volume, call)
      const attachment: Attachment = { nodeId, accessMode, readonly: request.readonly, at: new Date().toISOString(), serves }
      await data.volumes.write(id, { ...volume, attachedTo: [...volume.attachedTo, attachment] })
      return { publish_context: {} }
    })
  }
}

function unpublish(data: DataDirectory) {
  return async (request: ControllerUnpublishVolumeRequest, call: Call) => {
    const id = required(request.volume_id, 'volume_id')
    if (!isVolumeId(id)) return {}
    return await data.lock([id], async () => {
      const volume = await data.volumes.read(id)
      if (volume === undefined) return {}
      if (faultApplies(faultOf(volume), 'detach-never-happens', call)) return {}
      // No node id means every node.
      const isMeant = ({ nodeId }: Attachment) => request.node_id === '' || nodeId === request.node_id
      const ending = volume.attachedTo.filter(isMeant)
      if (ending.length === 0) return {}
      // Of a node that died with the volume staged this is all that is left: whoever calls says that it is not mounted there any more.
      for (const { nodeId } of ending) await data.staged.remove(`${id}.${nodeId}`)
      const left = volume.attachedTo.filter((attachment) => !ending.includes(attachment))
      if (left.length === 0 && faultApplies(faultOf(volume), 'deletes-under-retain', call))
        await makeImage(data.volumeImage(id), (temporary) => blankImage(temporary, imageSizeOf(volume, call)))
      await data.volumes.write(id, { ...volume, attachedTo: left })
      return {}
    })
  }
}

/** The methods of csi.v1.Controller that attach a volume to a node and detach it. */
export function attachmentHandlers(data: DataDirectory, behaviour: Behaviour): Service {
  return { ControllerPublishVolume: publish(data, behaviour), ControllerUnpublishVolume: unpublish(data) }
}
