import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { unfinished } from './durable-file.ts'
import type { FaultName } from './faults.ts'
import { isSnapshotId, isVolumeId } from './ids.ts'
import { withLocks } from './locks.ts'
import { log } from './log.ts'
import { openRecords, type Records } from './records.ts'

/** One volume attached to one node. */
export interface Attachment {
  readonly nodeId: string
  readonly accessMode: string
  readonly readonly: boolean
  readonly at: string
}

/** Where a volume's first content came from. */
export interface ContentSource {
  readonly kind: 'snapshot' | 'volume'
  readonly id: string
}

/** One volume, as `state/volumes/<id>.json` keeps it. Only the controller writes it. */
export interface VolumeRecord {
  readonly id: string
  readonly name: string
  readonly capacityBytes: number
  readonly createdAt: string
  readonly source: ContentSource | null
  readonly fault: FaultName | null
  readonly attachedTo: readonly Attachment[]
}

/** One finished snapshot, as `state/snapshots/<id>.json` keeps it. */
export interface SnapshotRecord {
  readonly id: string
  readonly name: string
  readonly sourceVolumeId: string
  readonly sizeBytes: number
  /** The instant at which the file system stood still. */
  readonly createdAt: string
}

/** One node that has introduced itself, as `state/nodes/<id>.json` keeps it. */
export interface NodeRecord {
  readonly id: string
  readonly zone: string
  readonly startedAt: string
}

/** The directory on the host that every process of the driver shares. */
export interface DataDirectory {
  readonly root: string
  readonly callLogs: string
  readonly volumes: Records<VolumeRecord>
  readonly snapshots: Records<SnapshotRecord>
  readonly nodes: Records<NodeRecord>
  /** Volumes whose file system is being frozen, so that the next start thaws what a killed process left. */
  readonly frozen: Records<{ readonly at: string }>
  readonly volumeImage: (volumeId: string) => string
  readonly snapshotImage: (snapshotId: string) => string
  /** Runs work alone on these volumes and snapshots, across all processes. */
  readonly lock: <T>(ids: readonly string[], work: () => Promise<T>) => Promise<T>
}

const folders = ['volumes', 'snapshots', 'calls', 'state/volumes', 'state/snapshots', 'state/nodes', 'state/frozen', 'state/locks']

/** Opens a data directory, making what is missing of it. */
export async function openDataDirectory(root: string): Promise<DataDirectory> {
  // Who runs the cluster reads the call logs, and need not be root.
  for (const folder of folders) await mkdir(join(root, folder), { recursive: true, mode: folder === 'calls' ? 0o755 : 0o700 })
  return {
    root,
    callLogs: join(root, 'calls'),
    volumes: openRecords(join(root, 'state/volumes')),
    snapshots: openRecords(join(root, 'state/snapshots')),
    nodes: openRecords(join(root, 'state/nodes')),
    frozen: openRecords(join(root, 'state/frozen')),
    volumeImage: (id) => join(root, 'volumes', `${id}.img`),
    snapshotImage: (id) => join(root, 'snapshots', `${id}.img`),
    lock: (ids, work) => withLocks(join(root, 'state/locks'), ids, work),
  }
}

/** Removes what killed calls left: half-written files, and images that never got, or no longer have, a record. */
export async function sweepLeftovers(data: DataDirectory): Promise<void> {
  const kinds = [
    { folder: 'volumes', records: data.volumes, isOurs: isVolumeId },
    { folder: 'snapshots', records: data.snapshots, isOurs: isSnapshotId },
  ]
  for (const { folder, records, isOurs } of kinds) {
    for (const name of await readdir(join(data.root, folder))) {
      const id = name.slice(0, name.indexOf('.'))
      if (!isOurs(id)) continue
      const belongs = async () => !name.endsWith(unfinished) && (await records.read(id)) !== undefined
      if (await belongs()) continue
      await data.lock([id], async () => {
        // A call that ran until now may have finished it.
        if (await belongs()) return
        await rm(join(data.root, folder, name), { force: true })
        log('warn', 'removed what an interrupted call left', { file: join(folder, name) })
      })
    }
  }
  const written = [...kinds, { folder: 'frozen', isOurs: isVolumeId }]
  for (const { folder, isOurs } of written) {
    for (const name of await readdir(join(data.root, 'state', folder))) {
      const id = name.slice(0, name.indexOf('.'))
      if (!name.endsWith(unfinished) || !isOurs(id)) continue
      await data.lock([id], () => rm(join(data.root, 'state', folder, name), { force: true }))
    }
  }
}
