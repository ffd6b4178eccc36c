import { setTimeout as pause } from 'node:timers/promises'
import type { FaultSetting } from '../fault-setting.ts'
import { faultApplies } from '../faults/settings.ts'
import { log } from '../log.ts'
import type { Call } from '../service.ts'
import type { DataDirectory, SnapshotRecord } from '../storage/data-directory.ts'
import { copyAtOneInstant, copyTorn } from '../storage/frozen-copy.ts'
import { makeImage } from '../storage/volume-image.ts'

/** One snapshot about to be taken. */
export interface NewSnapshot extends Pick<SnapshotRecord, 'id' | 'sourceVolumeId' | 'access'> {
  readonly fault: FaultSetting | null
  readonly call: Call
}

/** Takes a snapshot the way its fault asks for; undefined when no fault says how. The caller holds the locks. */
export async function copyFaultily(data: DataDirectory, snapshot: NewSnapshot): Promise<Date | undefined> {
  const { id, sourceVolumeId, fault, call } = snapshot
  const instant = new Date()
  if (faultApplies(fault, 'snapshot-lazy', call)) return instant
  if (fault !== null && faultApplies(fault, 'snapshot-ready-early', call)) {
    // Nobody waits for it: that is the fault.
    void takeLater(data, { snapshot, seconds: fault.seconds })
    return instant
  }
  if (fault === null || !faultApplies(fault, 'snapshot-torn', call)) return undefined
  await makeImage(data.snapshotImage(id), async (to) => {
    await copyTorn(data.volumeImage(sourceVolumeId), to, fault.seconds)
  })
  return instant
}

async function takeLater(
  data: DataDirectory,
  { snapshot, seconds }: { readonly snapshot: NewSnapshot; readonly seconds: number },
): Promise<void> {
  const { id, sourceVolumeId: volumeId, access } = snapshot
  await pause(seconds * 1000)
  try {
    await data.lock([id, volumeId], async () => {
      if ((await data.snapshots.read(id)) === undefined || (await data.volumes.read(volumeId)) === undefined) return
      await makeImage(data.snapshotImage(id), async (to) => {
        await copyAtOneInstant(data, [{ volumeId, access, to }])
      })
    })
  } catch (error) {
    log('error', 'the content of a snapshot that was ready early could not be taken', { snapshotId: id, error: String(error) })
  }
}
