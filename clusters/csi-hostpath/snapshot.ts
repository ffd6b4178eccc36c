import { Failure } from './failure.ts'
import type { FaultSetting } from './fault-setting.ts'
import type { DataDirectory, GroupRecord, SnapshotRecord } from './storage/data-directory.ts'
import { isGroupId, isSnapshotId } from './storage/ids.ts'

/** The record of a snapshot; undefined for one that does not exist, and for an id that is none of ours. */
export async function readSnapshot(data: DataDirectory, id: string): Promise<SnapshotRecord | undefined> {
  return isSnapshotId(id) ? await data.snapshots.read(id) : undefined
}

/** The record of a snapshot. Throws NOT_FOUND for one that does not exist, and for an id that is none of ours. */
export async function findSnapshot(data: DataDirectory, id: string): Promise<SnapshotRecord> {
  const snapshot = await readSnapshot(data, id)
  if (snapshot === undefined) throw new Failure('NOT_FOUND', `Snapshot ${id} does not exist.`)
  return snapshot
}

/** The record of a group snapshot; undefined for one that does not exist, and for an id that is none of ours. */
export async function readGroup(data: DataDirectory, id: string): Promise<GroupRecord | undefined> {
  return isGroupId(id) ? await data.groups.read(id) : undefined
}

/** The fault of a group, which each of its snapshots has. */
export async function faultOfGroup(data: DataDirectory, { snapshotIds: [first] }: GroupRecord): Promise<FaultSetting | null> {
  const snapshot = first === undefined ? undefined : await data.snapshots.read(first)
  return snapshot?.fault ?? null
}
