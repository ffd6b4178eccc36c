import { readCapability } from '../capability.ts'
import { Failure, required } from '../failure.ts'
import { failSometimes, faultApplies } from '../faults/settings.ts'
import type { ControllerExpandVolumeRequest, ControllerModifyVolumeRequest } from '../messages.ts'
import type { Call, Service } from '../service.ts'
import type { DataDirectory } from '../storage/data-directory.ts'
import { findLoopDevice, setReadAhead } from '../storage/loop-device.ts'
import { growImage } from '../storage/volume-image.ts'
import { faultOf, findVolume, imageSizeOf } from '../volume.ts'
import { chooseSize, smallestVolume } from './capacity.ts'
import { refuseMoreThanThereIs } from './free-space.ts'
import { type ControllerOptions, readMutableParameters, type ParameterOptions } from './parameters.ts'

function expand(data: DataDirectory, { sizeStep, expansion }: ControllerOptions['behaviour']) {
  return async (request: ControllerExpandVolumeRequest, call: Call) => {
    const id = required(request.volume_id, 'volume_id')
    const range = required(request.capacity_range, 'capacity_range')
    if (request.volume_capability !== null) readCapability(request.volume_capability)
    return await data.lock([id], async () => {
      const volume = await findVolume(data, id)
      const fault = faultOf(volume)
      const wanted = chooseSize(range, { smallest: smallestVolume(volume.access), step: sizeStep })
      const user = wanted > volume.capacityBytes ? volume.attachedTo[0]?.nodeId : undefined
      if (expansion === 'offline' && user !== undefined)
        throw new Failure('FAILED_PRECONDITION', `Volume ${id} is attached to node ${user}: it grows only while it is attached to none.`)
      await failSometimes(data, { id, fault, name: 'expansion-fails', call })
      const size = Math.max(wanted, volume.capacityBytes)
      const limit = Number(range.limit_bytes)
      if (limit > 0 && size > limit)
        throw new Failure('OUT_OF_RANGE', `Volume ${id} already has ${size} bytes, more than limit_bytes ${limit}.`)
      await refuseMoreThanThereIs(data, { size: size - volume.capacityBytes, code: 'OUT_OF_RANGE' })
      const grown = { ...volume, capacityBytes: size }
      const booksOnly = faultApplies(fault, 'expansion-books-only', call)
      if (!booksOnly) await growImage(data.volumeImage(id), imageSizeOf(grown, call))
      if (size > volume.capacityBytes) await data.volumes.write(id, grown)
      return { capacity_bytes: size, node_expansion_required: !booksOnly }
    })
  }
}

function modify(data: DataDirectory, options: ParameterOptions) {
  return async (request: ControllerModifyVolumeRequest, call: Call) => {
    const id = required(request.volume_id, 'volume_id')
    const mutable = readMutableParameters(request.mutable_parameters, options)
    return await data.lock([id], async () => {
      const volume = await findVolume(data, id)
      if (faultApplies(faultOf(volume), 'modify-books-only', call)) return {}
      await data.volumes.write(id, { ...volume, mutable })
      // All nodes share one kernel, and the device has one queue: what is set here holds wherever the volume is staged.
      const device = await findLoopDevice(data.volumeImage(id))
      if (device !== undefined) await setReadAhead(device, mutable.readAheadKiB)
      return {}
    })
  }
}

/** The methods of csi.v1.Controller that change a volume that exists. */
export function changeHandlers(data: DataDirectory, options: ControllerOptions): Service {
  return { ControllerExpandVolume: expand(data, options.behaviour), ControllerModifyVolume: modify(data, options) }
}
