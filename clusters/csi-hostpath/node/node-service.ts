import { opendir, stat } from 'node:fs/promises'
import { command } from '../command.ts'
import { Failure, required } from '../failure.ts'
import { failSometimes, faultApplies } from '../faults/settings.ts'
import type { NodePathRequest } from '../messages.ts'
import type { Call, Service } from '../service.ts'
import type { DataDirectory, VolumeRecord } from '../storage/data-directory.ts'
import { ephemeralIdFor } from '../storage/ids.ts'
import { usageAt } from '../storage/file-system.ts'
import { findLoopDevice } from '../storage/loop-device.ts'
import { imageSize } from '../storage/volume-image.ts'
import { segmentsOf } from '../topology.ts'
import { conditionOf, faultOf, findVolume, type VolumeCondition } from '../volume.ts'
import { mountAt } from './mounts.ts'
import { publish, unpublish } from './publish.ts'
import { growVolume, isMountedAt } from './served-volume.ts'
import { stage, unstage, type NodeContext } from './stage.ts'

/** What the driver declares in NodeGetCapabilities. */
export const nodeCapabilities = [
  'STAGE_UNSTAGE_VOLUME',
  'GET_VOLUME_STATS',
  'EXPAND_VOLUME',
  'VOLUME_CONDITION',
  'SINGLE_NODE_MULTI_WRITER',
]

/** Whether a volume is in use at a path: mounted or shown there, or as raw block volume staged there. */
async function isUsedAt({ data, nodeId }: NodeContext, id: string, path: string): Promise<boolean> {
  const staged = await data.staged.read(`${id}.${nodeId}`)
  const image = data.volumeImage(staged?.serves ?? id)
  if (staged?.access.type === 'block' && staged.path === path) return (await findLoopDevice(image)) !== undefined
  return await isMountedAt(image, path)
}

function expand(context: NodeContext) {
  const { data, nodeId } = context
  return async (request: NodePathRequest, call: Call) => {
    const id = required(request.volume_id, 'volume_id')
    const path = required(request.volume_path, 'volume_path')
    return await data.lock([id], async () => {
      const volume = await findVolume(data, id)
      const fault = faultOf(volume)
      if (!(await isUsedAt(context, id, path))) throw new Failure('NOT_FOUND', `Volume ${id} is not mounted at ${path}.`)
      await failSometimes(data, { id, fault, name: 'node-expansion-fails', call })
      const staged = await data.staged.read(`${id}.${nodeId}`)
      const access = staged?.access ?? volume.access
      await growVolume(data.volumeImage(staged?.serves ?? id), access, path)
      const isLater = fault?.name === 'later-expansion-truncates' && (await isLaterExpansion(data, volume))
      if (faultApplies(fault, 'expansion-truncates', call) || (isLater && faultApplies(fault, 'later-expansion-truncates', call))) {
        if (access.type === 'mount') await halveFiles(path)
        else await blankSecondHalf(data.volumeImage(id))
      }
      return { capacity_bytes: volume.capacityBytes }
    })
  }
}

/** Whether a volume has grown to another size on a node before. */
async function isLaterExpansion(data: DataDirectory, { id, capacityBytes }: VolumeRecord): Promise<boolean> {
  const key = `${id}.expanded-to`
  const first = await data.faultCounts.read(key)
  if (first === undefined) await data.faultCounts.write(key, { count: capacityBytes })
  return first !== undefined && first.count !== capacityBytes
}

async function halveFiles(path: string): Promise<void> {
  // A file that is gone by its turn, because its Pod goes on, is no fault of the script.
  const halve = 'size=$(stat --format=%s "$file" 2> /dev/null) || continue; truncate --no-create --size=$((size / 2)) "$file"'
  const script = `for file in "$@"; do ${halve}; done`
  await command('find', [path, '-xdev', '-type', 'f', '-exec', 'sh', '-euc', script, 'sh', '{}', '+'])
}

async function blankSecondHalf(image: string): Promise<void> {
  const half = Math.floor((await imageSize(image)) / 2)
  await command('fallocate', ['--punch-hole', '--offset', String(half), '--length', String(half), image])
}

/** Why a volume is abnormal at a path, apart from the state of its files. */
async function conditionAt(path: string): Promise<VolumeCondition | undefined> {
  try {
    // statfs(2) answers from memory even when the file system is shut down; these do not.
    await stat(path)
    await using directory = await opendir(path)
    await directory.read()
    return undefined
  } catch (error) {
    return {
      abnormal: true,
      message: `The file system at ${path} does not answer: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

function stats(context: NodeContext) {
  const { data } = context
  return async (request: NodePathRequest) => {
    const id = required(request.volume_id, 'volume_id')
    const path = required(request.volume_path, 'volume_path')
    const ephemeral = await data.ephemeral.read(ephemeralIdFor(id))
    if (ephemeral !== undefined) {
      if ((await mountAt(path)) === undefined) throw new Failure('NOT_FOUND', `Volume ${id} is not mounted at ${path}.`)
      return { usage: await usageAt(path) }
    }
    const volume = await findVolume(data, id)
    const files = await conditionOf(data, volume)
    // Of a lost image nobody can tell what it is bound to any more.
    const isUsed = files.abnormal ? (await mountAt(path)) !== undefined : await isUsedAt(context, id, path)
    if (!isUsed) throw new Failure('NOT_FOUND', `Volume ${id} is not mounted at ${path}.`)
    if (volume.access.type === 'block') return { usage: [{ unit: 'BYTES', total: volume.capacityBytes }], volume_condition: files }
    const problem = await conditionAt(path)
    return { usage: problem === undefined ? await usageAt(path) : [], volume_condition: problem ?? files }
  }
}

/** csi.v1.Node: mounts the volumes attached to this node and grows their file systems. */
export function nodeService(context: NodeContext): Service {
  const { nodeId, zone, maxVolumes } = context
  return {
    NodeGetInfo: async () => ({
      node_id: nodeId,
      max_volumes_per_node: maxVolumes,
      accessible_topology: { segments: segmentsOf({ id: nodeId, zone }) },
    }),
    NodeGetCapabilities: async () => ({ capabilities: nodeCapabilities.map((type) => ({ rpc: { type } })) }),
    NodeStageVolume: stage(context),
    NodeUnstageVolume: unstage(context),
    NodePublishVolume: publish(context),
    NodeUnpublishVolume: unpublish(context),
    NodeExpandVolume: expand(context),
    NodeGetVolumeStats: stats(context),
  }
}
