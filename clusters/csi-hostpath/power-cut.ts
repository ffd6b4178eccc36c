import { openCallLog } from './call-log.ts'
import { Failure } from './failure.ts'
import { log } from './log.ts'
import { openDataDirectory, type DataDirectory, type StagedRecord } from './storage/data-directory.ts'
import { mountOptions } from './storage/file-system.ts'
import { findLoopDevice } from './storage/loop-device.ts'
import { runWithPrivateMounts } from './storage/private-mounts.ts'
import { everyRecord } from './storage/records.ts'

/** The file systems that lose power: those of one volume, or all of the node. */
export interface PowerCutOptions {
  readonly dataDirectory: string
  readonly nodeId: string
  /** Id of one volume; all volumes staged on the node when absent. */
  readonly volumeId: string | undefined
}

/** XFS_IOC_GOINGDOWN without flushing the log, which ext4 answers too: what has not reached the device is gone (ioctl_xfs_goingdown(2)). */
const shutDown = `
mkdir "$root/volume"
mount -t "$2" -o "$3" "$1" "$root/volume"
xfs_io -x -c shutdown "$root/volume"
`

async function cut(data: DataDirectory, { serves, access }: StagedRecord): Promise<void> {
  if (access.type !== 'mount') return
  const device = await findLoopDevice(data.volumeImage(serves))
  if (device === undefined) return
  const options = ['rw', ...mountOptions(access.fsType)].join(',')
  const result = await runWithPrivateMounts(data, shutDown, [device, access.fsType, options])
  if (result.failed) throw new Failure('INTERNAL', `Volume ${serves} could not be cut off: ${result.complaint}`, { cause: result })
}

/**
 * Shuts file systems down as a pulled plug does: what was not flushed is lost, and every access fails until they are mounted anew.
 * Throws when the node's driver was started without --faults, and when nothing is staged that could lose power.
 */
export async function cutPower({ dataDirectory, nodeId, volumeId }: PowerCutOptions): Promise<readonly string[]> {
  const data = await openDataDirectory(dataDirectory)
  const node = await data.nodes.read(nodeId)
  if (node?.faults !== true)
    throw new Failure('FAILED_PRECONDITION', `A power cut is refused: start the driver of node ${nodeId} with --faults.`)
  const staged = (await everyRecord(data.staged)).filter(
    (each) => each.nodeId === nodeId && (volumeId === undefined || each.volumeId === volumeId),
  )
  const mounted = staged.filter(({ access }) => access.type === 'mount')
  if (mounted.length === 0)
    throw new Failure('NOT_FOUND', `No file system ${volumeId === undefined ? '' : `of volume ${volumeId} `}is staged on node ${nodeId}.`)
  using calls = openCallLog(data.callLogs, `${nodeId}-power-cut`)
  for (const each of mounted) {
    const at = new Date()
    await cut(data, each)
    const { volumeId: id } = each
    calls.append({
      at: at.toISOString(),
      method: 'PowerCut',
      request: each,
      code: 'OK',
      durationMs: Date.now() - at.getTime(),
      volumeId: id,
    })
    log('warn', 'power cut', { volumeId: id })
  }
  return mounted.map((each) => each.volumeId)
}
