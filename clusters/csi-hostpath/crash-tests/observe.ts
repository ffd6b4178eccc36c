import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { loopDevicesBelow } from '../../loop-devices.ts'
import type { DriverClient } from '../driver-client.ts'
import { command } from '../command.ts'
import { deviceNumber } from '../storage/loop-device.ts'
import { listMounts } from '../node/mounts.ts'
import type { AttachedVolume, BoundDevice, Observed, Sized } from './agreement.ts'
import { markOf } from './killable-driver.ts'
import { processesWith } from './processes.ts'

/** Small, so that a listing takes several pages. */
const pageSize = 3

async function listed(client: DriverClient, method: 'ListVolumes' | 'ListSnapshots') {
  const entries = []
  let token = ''
  do {
    const page = await client.call(method, { max_entries: pageSize, starting_token: token })
    entries.push(...page.entries)
    token = page.next_token
  } while (token !== '')
  return entries
}

/** Files that are always in the data directory, apart from images and records. */
const permanentFiles = [
  /^state\/nodes\/[-.a-z0-9]+\.json$/,
  /^state\/locks\/[0-9a-f]{3}$/,
  /^state\/staged\/vol-[0-9a-f]{24}\.node-1\.json$/,
  /^calls\/[-.a-z0-9]+\.jsonl$/,
]

const kinds = {
  volumeImages: /^volumes\/(vol-[0-9a-f]{24})\.img$/,
  snapshotImages: /^snapshots\/(snap-[0-9a-f]{24})\.img$/,
  volumeRecords: /^state\/volumes\/(vol-[0-9a-f]{24})\.json$/,
  snapshotRecords: /^state\/snapshots\/(snap-[0-9a-f]{24})\.json$/,
  groupRecords: /^state\/groups\/(group-[0-9a-f]{24})\.json$/,
  stagedRecords: /^state\/staged\/(vol-[0-9a-f]{24}\.[-.a-z0-9]+)\.json$/,
  inline: /^(?:ephemeral|state\/ephemeral)\/(eph-[0-9a-f]{24}\.(?:img|json))$/,
} as const

async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

async function files(root: string, temporary: string) {
  const paths = await filesBelow(root)
  const idsOf = (kind: keyof typeof kinds) => paths.flatMap((path) => kinds[kind].exec(path)?.[1] ?? [])
  const images = (folder: string, ids: readonly string[]): Promise<Sized[]> =>
    Promise.all(ids.map(async (id) => ({ id, size: (await stat(join(root, folder, `${id}.img`))).size })))
  const known = [...Object.values(kinds), ...permanentFiles]
  return {
    volumeRecords: idsOf('volumeRecords'),
    snapshotRecords: idsOf('snapshotRecords'),
    groupRecords: idsOf('groupRecords'),
    stagedRecords: idsOf('stagedRecords'),
    inline: idsOf('inline'),
    volumeImages: await images('volumes', idsOf('volumeImages')),
    snapshotImages: await images('snapshots', idsOf('snapshotImages')),
    strays: [...paths.filter((path) => !known.some((kind) => kind.test(path))), ...(await readdir(temporary)).map((name) => `tmp/${name}`)],
  }
}

async function boundBelow(root: string): Promise<BoundDevice[]> {
  const inside = await loopDevicesBelow(root)
  return await Promise.all(
    inside.map(async ({ device, backingFile }) => ({ number: await deviceNumber(device), image: relative(root, backingFile) })),
  )
}

/** Whether the file system at a path stands still. One that does is thawed, so that nothing else has to wait for it. */
async function isFrozen(path: string): Promise<boolean> {
  try {
    await command('fsfreeze', ['--unfreeze', path])
    return true
  } catch (error) {
    // EINVAL: it was not frozen.
    if (/invalid argument/i.test(String(error))) return false
    throw error
  }
}

/** Looks at everything that a driver in `directory`, at rest, says, keeps and has mounted. */
export async function observe(options: {
  readonly directory: string
  readonly client: DriverClient
  /** Processes of the driver itself; without them processes are not looked for. */
  readonly pids?: readonly number[]
}): Promise<Observed> {
  const { directory, client, pids } = options
  const root = join(directory, 'data')
  const mounts = (await listMounts()).filter(({ path }) => path.startsWith(`${directory}/`))
  const standing = await Promise.all(mounts.map(async ({ path }) => ((await isFrozen(path)) ? [path] : [])))
  const processes = pids === undefined ? [] : await processesWith(markOf(directory))
  const volumes = await listed(client, 'ListVolumes')
  const snapshots = await listed(client, 'ListSnapshots')
  return {
    ...(await files(root, join(directory, 'tmp'))),
    listedVolumes: volumes.map(({ volume, status }): AttachedVolume => ({
      id: volume.volume_id,
      size: Number(volume.capacity_bytes),
      attachedTo: status.published_node_ids,
    })),
    listedSnapshots: snapshots.map(({ snapshot }) => ({ id: snapshot.snapshot_id, size: Number(snapshot.size_bytes) })),
    loopDevices: await boundBelow(root),
    mounts,
    frozen: standing.flat(),
    processes: processes.filter(({ pid }) => pids?.includes(pid) !== true).map(({ command: line }) => line),
  }
}
