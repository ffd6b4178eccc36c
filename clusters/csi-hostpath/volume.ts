import { Failure } from './failure.ts'
import type { FaultSetting } from './fault-setting.ts'
import { faultApplies } from './faults/settings.ts'
import type { Call } from './service.ts'
import type { DataDirectory, VolumeRecord } from './storage/data-directory.ts'
import { isVolumeId } from './storage/ids.ts'
import { imageExists } from './storage/volume-image.ts'

/** How much larger than it says a volume is under the fault `size-not-enforced`. */
const oversizeFactor = 10

/** The record of a volume; undefined for one that does not exist, and for an id that is none of ours. */
export async function readVolume(data: DataDirectory, id: string): Promise<VolumeRecord | undefined> {
  return isVolumeId(id) ? await data.volumes.read(id) : undefined
}

/** The record of a volume. Throws NOT_FOUND for one that does not exist, and for an id that is none of ours. */
export async function findVolume(data: DataDirectory, id: string): Promise<VolumeRecord> {
  const volume = await readVolume(data, id)
  if (volume === undefined) throw new Failure('NOT_FOUND', `Volume ${id} does not exist.`)
  return volume
}

/** The fault in force for a volume: one that a VolumeAttributesClass asks for goes before that of the StorageClass. */
export function faultOf(volume: Pick<VolumeRecord, 'fault' | 'mutable'>): FaultSetting | null {
  return volume.mutable.fault ?? volume.fault
}

/** Size in bytes that the image of a volume is given. */
export function imageSizeOf(volume: Pick<VolumeRecord, 'capacityBytes' | 'fault' | 'mutable'>, call: Call): number {
  return faultApplies(faultOf(volume), 'size-not-enforced', call) ? volume.capacityBytes * oversizeFactor : volume.capacityBytes
}

/** csi.v1.VolumeCondition. */
export interface VolumeCondition {
  readonly abnormal: boolean
  readonly message: string
}

/** Whether a volume is as it should be, as far as its files tell. */
export async function conditionOf(data: DataDirectory, volume: VolumeRecord): Promise<VolumeCondition> {
  if (!(await imageExists(data.volumeImage(volume.id))))
    return { abnormal: true, message: `The image file of volume ${volume.id} is lost.` }
  return { abnormal: false, message: 'The image file of the volume is there.' }
}
