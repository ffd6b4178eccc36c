import { setTimeout as pause } from 'node:timers/promises'
import { Failure, required } from '../failure.ts'
import type { FaultSetting } from '../fault-setting.ts'
import { delay, failSometimes, forgetFaultCounts, faultApplies } from '../faults/settings.ts'
import type { CreateGroupRequest, GroupRequest } from '../messages.ts'
import type { Call, Service } from '../service.ts'
import { readGroup } from '../snapshot.ts'
import type { DataDirectory, GroupRecord, SnapshotRecord } from '../storage/data-directory.ts'
import { copyAtOneInstant, type CopySource, type Instant } from '../storage/frozen-copy.ts'
import { groupIdFor, snapshotIdFor } from '../storage/ids.ts'
import { imageSize, makeImages } from '../storage/volume-image.ts'
import { findVolume } from '../volume.ts'
import { snapshotMessage, timestampOf } from './messages.ts'
import { readGroupParameters, type ParameterOptions } from './parameters.ts'
import { removeSnapshot } from './snapshot-handlers.ts'

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each))
}

async function groupMessage(data: DataDirectory, group: GroupRecord): Promise<object> {
  const snapshots = await Promise.all(group.snapshotIds.map((id) => data.snapshots.read(id)))
  return {
    group_snapshot_id: group.id,
    snapshots: snapshots.filter((snapshot) => snapshot !== undefined).map(snapshotMessage),
    creation_time: timestampOf(group.createdAt),
    ready_to_use: true,
  }
}

interface NewGroup {
  readonly id: string
  readonly name: string
  readonly sources: readonly string[]
  readonly fault: FaultSetting | null
  readonly call: Call
}

/** Takes the snapshots of a group at one instant and writes its record last. The caller holds the locks. */
async function take(data: DataDirectory, { id, name, sources, fault, call }: NewGroup): Promise<GroupRecord> {
  const volumes = await Promise.all(sources.map((source) => findVolume(data, source)))
  const members = volumes.map((volume) => ({ volume, snapshotName: `${name}/${volume.id}`, id: snapshotIdFor(`${name}/${volume.id}`) }))
  const snapshotIds = members.map((member) => member.id)
  let instant = new Date()
  await makeImages(snapshotIds.map(data.snapshotImage), async (temporaries) => {
    const copies = members.map(({ volume }, place) => ({ volumeId: volume.id, access: volume.access, to: temporaries[place] ?? '' }))
    const { at, frozenMs } = await copyTogether(data, { copies, fault, call })
    call.frozenFor(frozenMs)
    instant = at
  })
  const createdAt = instant.toISOString()
  for (const { volume, snapshotName, id: snapshotId } of members) {
    const sizeBytes = await imageSize(data.snapshotImage(snapshotId))
    const { id: sourceVolumeId, access } = volume
    const snapshot: SnapshotRecord = {
      id: snapshotId,
      name: snapshotName,
      sourceVolumeId,
      sizeBytes,
      createdAt,
      access,
      fault,
      groupId: id,
    }
    await data.snapshots.write(snapshotId, snapshot)
  }
  const group: GroupRecord = { id, name, snapshotIds, createdAt }
  await data.groups.write(id, group)
  return group
}

interface GroupCopy {
  readonly copies: readonly CopySource[]
  readonly fault: FaultSetting | null
  readonly call: Call
}

/** Copies all volumes at one instant, or one after the other where `group-apart` asks for it. */
async function copyTogether(data: DataDirectory, { copies, fault, call }: GroupCopy): Promise<Instant> {
  if (fault === null || !faultApplies(fault, 'group-apart', call)) return await copyAtOneInstant(data, copies)
  const instants: Instant[] = []
  for (const copy of copies) {
    if (instants.length > 0) await pause(fault.seconds * 1000)
    instants.push(await copyAtOneInstant(data, [copy]))
  }
  const [first = { at: new Date(), frozenMs: 0 }] = instants
  return first
}

function create(data: DataDirectory, options: ParameterOptions) {
  return async (request: CreateGroupRequest, call: Call) => {
    const name = required(request.name, 'name')
    const sources = [...new Set(request.source_volume_ids)]
    if (sources.length === 0) throw new Failure('INVALID_ARGUMENT', 'source_volume_ids is empty: name the volumes to snapshot.')
    const fault = readGroupParameters(request.parameters, options)
    const id = groupIdFor(name)
    for (const source of sources) await findVolume(data, source)
    const snapshotIds = sources.map((source) => snapshotIdFor(`${name}/${source}`))
    await delay(fault, call)
    return await data.lock([id, ...sources, ...snapshotIds], async () => {
      const existing = await data.groups.read(id)
      if (existing !== undefined) {
        if (!sameMembers(existing.snapshotIds, snapshotIds))
          throw new Failure('ALREADY_EXISTS', `Group snapshot ${name} exists for other volumes.`)
        return { group_snapshot: await groupMessage(data, existing) }
      }
      await failSometimes(data, { id, fault, name: 'snapshot-fails', call })
      return { group_snapshot: await groupMessage(data, await take(data, { id, name, sources, fault, call })) }
    })
  }
}

function remove(data: DataDirectory) {
  return async (request: GroupRequest) => {
    const id = required(request.group_snapshot_id, 'group_snapshot_id')
    const group = await readGroup(data, id)
    if (group === undefined) return {}
    refuseForeignSnapshots(group, request.snapshot_ids)
    return await data.lock([id, ...group.snapshotIds], async () => {
      // The record goes last: until then a repeated call knows what is left to do.
      for (const snapshotId of group.snapshotIds) await removeSnapshot(data, snapshotId)
      await data.groups.remove(id)
      await forgetFaultCounts(data, id)
      return {}
    })
  }
}

function refuseForeignSnapshots(group: GroupRecord, snapshotIds: readonly string[]): void {
  const stranger = snapshotIds.find((id) => !group.snapshotIds.includes(id))
  if (stranger !== undefined) throw new Failure('INVALID_ARGUMENT', `Snapshot ${stranger} is not part of group snapshot ${group.id}.`)
}

function get(data: DataDirectory) {
  return async (request: GroupRequest) => {
    const id = required(request.group_snapshot_id, 'group_snapshot_id')
    const group = await readGroup(data, id)
    if (group === undefined) throw new Failure('NOT_FOUND', `Group snapshot ${id} does not exist.`)
    refuseForeignSnapshots(group, request.snapshot_ids)
    return { group_snapshot: await groupMessage(data, group) }
  }
}

/** csi.v1.GroupController: snapshots of several volumes at one instant. */
export function groupService(data: DataDirectory, options: ParameterOptions): Service {
  const type = 'CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT'
  return {
    GroupControllerGetCapabilities: async () => ({ capabilities: [{ rpc: { type } }] }),
    CreateVolumeGroupSnapshot: create(data, options),
    DeleteVolumeGroupSnapshot: remove(data),
    GetVolumeGroupSnapshot: get(data),
  }
}
