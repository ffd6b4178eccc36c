import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { log } from '../log.ts'
import type { DataDirectory } from './data-directory.ts'
import { unfinished } from './durable-file.ts'
import { isEphemeralId, isSnapshotId, isVolumeId } from './ids.ts'
import { everyRecord } from './records.ts'

/** Removes images that killed calls left: half-written ones, and those that never got, or no longer have, a record. */
export async function sweepImages(data: DataDirectory): Promise<void> {
  const kinds = [
    { folder: 'volumes', records: data.volumes, isOurs: isVolumeId },
    { folder: 'stale', records: data.volumes, isOurs: isVolumeId },
    { folder: 'snapshots', records: data.snapshots, isOurs: isSnapshotId },
    { folder: 'ephemeral', records: data.ephemeral, isOurs: isEphemeralId },
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
}

/** Removes half-written records, of whichever process. A record is written under the lock of the id that its name begins with. */
export async function sweepRecords(data: DataDirectory): Promise<void> {
  for (const folder of ['volumes', 'snapshots', 'groups', 'staged', 'ephemeral', 'frozen', 'fault-counts']) {
    const directory = join(data.root, 'state', folder)
    for (const name of await readdir(directory)) {
      if (!name.endsWith(unfinished)) continue
      await data.lock([name.slice(0, name.indexOf('.'))], () => rm(join(directory, name), { force: true }))
    }
  }
}

/** Removes the snapshots of a group that was never finished: a group snapshot has a record once all its snapshots do. */
export async function sweepUnfinishedGroups(data: DataDirectory): Promise<void> {
  for (const { id, groupId } of await everyRecord(data.snapshots)) {
    if (groupId === null) continue
    await data.lock([id, groupId], async () => {
      if ((await data.groups.read(groupId)) !== undefined) return
      await data.snapshots.remove(id)
      log('warn', 'removed a snapshot of a group that was never finished', { snapshotId: id, groupId })
    })
  }
}
