import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure, required } from '../failure.ts'
import type { NodePublishVolumeRequest, Parameters } from '../messages.ts'
import type { DataDirectory, EphemeralRecord } from '../storage/data-directory.ts'
import { flush, unfinished } from '../storage/durable-file.ts'
import { fileSystemTypes, isFileSystemType, smallestFor, type FileSystemType } from '../storage/file-system.ts'
import { ephemeralIdFor } from '../storage/ids.ts'
import { releaseLoopDevice } from '../storage/loop-device.ts'
import { blankImage, imageExists, makeImage } from '../storage/volume-image.ts'
import { parseQuantity } from './quantity.ts'
import { removeTarget, unmountAll } from './mounts.ts'
import { mountImage } from './served-volume.ts'
import type { NodeContext } from './stage.ts'

/** Whether kubelet asks for a CSI ephemeral inline volume, which lives and dies with one Pod. */
export function isEphemeral(request: NodePublishVolumeRequest): boolean {
  return request.volume_context['csi.storage.k8s.io/ephemeral'] === 'true'
}

const known = ['size', 'fsType']

function readAttributes(context: Parameters): { readonly fsType: FileSystemType; readonly sizeBytes: number } {
  const unknown = Object.keys(context).filter((key) => !key.startsWith('csi.storage.k8s.io/') && !known.includes(key))
  if (unknown.length > 0)
    throw new Failure('INVALID_ARGUMENT', `Unknown attribute ${unknown.join(', ')}: an inline volume knows ${known.join(' and ')}.`)
  const { size, fsType = 'xfs' } = context
  if (!isFileSystemType(fsType))
    throw new Failure('INVALID_ARGUMENT', `File system ${fsType} is not offered: use ${fileSystemTypes.join(' or ')}.`)
  const asked = size === undefined ? 0 : parseQuantity(size)
  if (asked === undefined) throw new Failure('INVALID_ARGUMENT', `size is ${size}: give a quantity such as 1Gi.`)
  return { fsType, sizeBytes: Math.max(asked, smallestFor(fsType)) }
}

/** Makes an inline volume and mounts it where its Pod wants it. */
export async function publishEphemeral(
  { data, nodeId }: NodeContext,
  { request, mountFlags }: { readonly request: NodePublishVolumeRequest; readonly mountFlags: readonly string[] },
): Promise<object> {
  const volumeId = required(request.volume_id, 'volume_id')
  if (request.volume_capability?.block) throw new Failure('INVALID_ARGUMENT', 'An inline volume has a file system: leave volumeMode out.')
  const { fsType, sizeBytes } = readAttributes(request.volume_context)
  const id = ephemeralIdFor(volumeId)
  return await data.lock([id], async () => {
    // The record comes first: whatever happens after it, unpublishing finds what there is to remove.
    await data.ephemeral.write(id, { id, volumeId, nodeId, fsType, sizeBytes })
    const image = data.ephemeralImage(id)
    if (!(await imageExists(image))) await makeImage(image, (temporary) => blankImage(temporary, sizeBytes))
    const flags = [...mountFlags, ...(request.readonly ? ['ro'] : [])]
    await mountImage(image, { path: request.target_path, fsType, flags })
    return {}
  })
}

/** Removes an inline volume with all it held. */
export async function removeEphemeral(data: DataDirectory, { id }: EphemeralRecord, target: string): Promise<void> {
  await data.lock([id], async () => {
    await unmountAll(target)
    await removeTarget(target)
    const image = data.ephemeralImage(id)
    await releaseLoopDevice(image)
    // A publication that was cut off while it made the image, or its file system, may never be repeated.
    for (const file of [image, `${image}${unfinished}`]) await rm(file, { force: true })
    await flush(dirname(image))
    await data.ephemeral.remove(id)
  })
}
