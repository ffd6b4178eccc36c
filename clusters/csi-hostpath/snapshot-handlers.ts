import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DataDirectory, SnapshotRecord } from './data-directory.ts'
import { flush } from './durable-file.ts'
import { Failure, required } from './failure.ts'
import { copyAtOneInstant } from './frozen-copy.ts'
import { isSnapshotId, isVolumeId, snapshotIdFor } from './ids.ts'
import type { CreateSnapshotRequest, DeleteSnapshotRequest, ListSnapshotsRequest, Parameters } from './messages.ts'
import { cutPage } from './paging.ts'
import type { Service } from './service.ts'
import { imageSize, makeImage } from './volume-image.ts'

function snapshotMessage(snapshot: SnapshotRecord): object {
  const at = Date.parse(snapshot.createdAt)
  return {
    snapshot_id: snapshot.id,
    source_volume_id: snapshot.sourceVolumeId,
    size_bytes: snapshot.sizeBytes,
    creation_time: { seconds: Math.floor(at / 1000), nanos: (at % 1000) * 1e6 },
    ready_to_use: true,
  }
}

function refuseParameters(parameters: Parameters): void {
  const unknown = Object.keys(parameters).filter((key) => !key.startsWith('csi.storage.k8s.io/'))
  if (unknown.length > 0)
    throw new Failure('INVALID_ARGUMENT', `Unknown parameter ${unknown.join(', ')}: a VolumeSnapshotClass has none here.`)
}

function create(data: DataDirectory) {
  return async (request: CreateSnapshotRequest) => {
    const name = required(request.name, 'name')
    const sourceVolumeId = required(request.source_volume_id, 'source_volume_id')
    refuseParameters(request.parameters)
    const id = snapshotIdFor(name)
    const missing = new Failure('NOT_FOUND', `Volume ${sourceVolumeId} does not exist.`)
    if (!isVolumeId(sourceVolumeId)) throw missing
    return await data.lock([id, sourceVolumeId], async () => {
      const existing = await data.snapshots.read(id)
      if (existing !== undefined) {
        if (existing.sourceVolumeId === sourceVolumeId) return { snapshot: snapshotMessage(existing) }
        throw new Failure('ALREADY_EXISTS', `Snapshot ${name} exists and is of volume ${existing.sourceVolumeId}.`)
      }
      if ((await data.volumes.read(sourceVolumeId)) === undefined) throw missing
      let instant = new Date()
      await makeImage(data.snapshotImage(id), async (temporary) => {
        instant = await copyAtOneInstant(data, { volumeId: sourceVolumeId, to: temporary })
      })
      const sizeBytes = await imageSize(data.snapshotImage(id))
      const snapshot: SnapshotRecord = { id, name, sourceVolumeId, sizeBytes, createdAt: instant.toISOString() }
      await data.snapshots.write(id, snapshot)
      return { snapshot: snapshotMessage(snapshot) }
    })
  }
}

function remove(data: DataDirectory) {
  return async (request: DeleteSnapshotRequest) => {
    const id = required(request.snapshot_id, 'snapshot_id')
    if (!isSnapshotId(id)) return {}
    return await data.lock([id], async () => {
      const image = data.snapshotImage(id)
      await data.snapshots.remove(id)
      await rm(image, { force: true })
      await flush(dirname(image))
      return {}
    })
  }
}

function list(data: DataDirectory) {
  return async (request: ListSnapshotsRequest) => {
    const { snapshot_id: wanted, source_volume_id: source } = request
    const records = await Promise.all((await data.snapshots.ids()).map((id) => data.snapshots.read(id)))
    const matching = records
      .filter((record) => record !== undefined)
      .filter((record) => (wanted === '' || record.id === wanted) && (source === '' || record.sourceVolumeId === source))
    const byId = new Map(matching.map((record) => [record.id, record]))
    const page = cutPage([...byId.keys()], request, isSnapshotId)
    const entries = page.ids.flatMap((id) => byId.get(id) ?? []).map((record) => ({ snapshot: snapshotMessage(record) }))
    return { entries, next_token: page.nextToken }
  }
}

/** The snapshot methods of csi.v1.Controller. A snapshot has a record only once it is whole, so every one we know is ready. */
export function snapshotHandlers(data: DataDirectory): Service {
  return { CreateSnapshot: create(data), DeleteSnapshot: remove(data), ListSnapshots: list(data) }
}
