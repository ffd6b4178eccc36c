import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure, required } from '../failure.ts'
import { delay, failSometimes, forgetFaultCounts, faultApplies } from '../faults/settings.ts'
import type { CreateSnapshotRequest, ListSnapshotsRequest, SnapshotRequest } from '../messages.ts'
import type { Call, Service } from '../service.ts'
import { findSnapshot } from '../snapshot.ts'
import type { DataDirectory, SnapshotRecord } from '../storage/data-directory.ts'
import { flush } from '../storage/durable-file.ts'
import { copyAtOneInstant } from '../storage/frozen-copy.ts'
import { isSnapshotId, snapshotIdFor } from '../storage/ids.ts'
import { everyRecord } from '../storage/records.ts'
import { imageSize, makeImage } from '../storage/volume-image.ts'
import { findVolume } from '../volume.ts'
import { copyFaultily, type NewSnapshot } from './faulty-snapshot.ts'
import { snapshotMessage } from './messages.ts'
import { cutPage } from './paging.ts'
import { readSnapshotParameters, type ParameterOptions } from './parameters.ts'

function create(data: DataDirectory, options: ParameterOptions) {
  return async (request: CreateSnapshotRequest, call: Call) => {
    const name = required(request.name, 'name')
    const sourceVolumeId = required(request.source_volume_id, 'source_volume_id')
    const fault = readSnapshotParameters(request.parameters, options)
    const id = snapshotIdFor(name)
    await findVolume(data, sourceVolumeId)
    await delay(fault, call)
    return await data.lock([id, sourceVolumeId], async () => {
      const existing = await data.snapshots.read(id)
      if (existing !== undefined) {
        if (existing.sourceVolumeId === sourceVolumeId) return { snapshot: snapshotMessage(existing) }
        throw new Failure('ALREADY_EXISTS', `Snapshot ${name} exists for volume ${existing.sourceVolumeId}.`)
      }
      const { access } = await findVolume(data, sourceVolumeId)
      await failSometimes(data, { id, fault, name: 'snapshot-fails', call })
      const sizeBytes = await imageSize(data.volumeImage(sourceVolumeId))
      const instant = await copy(data, { id, sourceVolumeId, access, fault, call })
      const createdAt = instant.toISOString()
      const snapshot: SnapshotRecord = { id, name, sourceVolumeId, sizeBytes, createdAt, access, fault, groupId: null }
      await data.snapshots.write(id, snapshot)
      return { snapshot: snapshotMessage(snapshot) }
    })
  }
}

async function copy(data: DataDirectory, snapshot: NewSnapshot): Promise<Date> {
  const faulty = await copyFaultily(data, snapshot)
  if (faulty !== undefined) return faulty
  let instant = new Date()
  const { sourceVolumeId: volumeId, access } = snapshot
  await makeImage(data.snapshotImage(snapshot.id), async (to) => {
    const { at, frozenMs } = await copyAtOneInstant(data, [{ volumeId, access, to }])
    snapshot.call.frozenFor(frozenMs)
    instant = at
  })
  return instant
}

/** Removes the record of a snapshot, then its image. The caller holds its lock. */
export async function removeSnapshot(data: DataDirectory, id: string): Promise<void> {
  const image = data.snapshotImage(id)
  await data.snapshots.remove(id)
  await rm(image, { force: true })
  await flush(dirname(image))
  await forgetFaultCounts(data, id)
}

function remove(data: DataDirectory) {
  return async (request: SnapshotRequest, call: Call) => {
    const id = required(request.snapshot_id, 'snapshot_id')
    if (!isSnapshotId(id)) return {}
    return await data.lock([id], async () => {
      const { groupId = null, fault = null } = (await data.snapshots.read(id)) ?? {}
      // The specification wants the snapshots of a group to go with the group, at once.
      if (groupId !== null)
        throw new Failure(
          'INVALID_ARGUMENT',
          `Snapshot ${id} is part of group snapshot ${groupId}: delete that with DeleteVolumeGroupSnapshot.`,
        )
      if (!faultApplies(fault, 'snapshot-delete-leaves-data', call)) await removeSnapshot(data, id)
      return {}
    })
  }
}

function get(data: DataDirectory) {
  return async (request: SnapshotRequest) => {
    const snapshot = await findSnapshot(data, required(request.snapshot_id, 'snapshot_id'))
    return { snapshot: snapshotMessage(snapshot) }
  }
}

function list(data: DataDirectory) {
  return async (request: ListSnapshotsRequest) => {
    const { snapshot_id: wanted, source_volume_id: source } = request
    const matching = (await everyRecord(data.snapshots)).filter(
      (record) => (wanted === '' || record.id === wanted) && (source === '' || record.sourceVolumeId === source),
    )
    const byId = new Map(matching.map((record) => [record.id, record]))
    const page = cutPage([...byId.keys()], request, isSnapshotId)
    const entries = page.ids.flatMap((id) => byId.get(id) ?? []).map((record) => ({ snapshot: snapshotMessage(record) }))
    return { entries, next_token: page.nextToken }
  }
}

/** The snapshot methods of csi.v1.Controller. */
export function snapshotHandlers(data: DataDirectory, options: ParameterOptions): Service {
  return { CreateSnapshot: create(data, options), DeleteSnapshot: remove(data), GetSnapshot: get(data), ListSnapshots: list(data) }
}
