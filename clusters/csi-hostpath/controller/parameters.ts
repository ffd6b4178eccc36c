import type { Behaviour } from '../behaviour.ts'
import { Failure } from '../failure.ts'
import { groupFaults, snapshotFaults, volumeFaults } from '../faults/catalogue.ts'
import type { FaultSetting } from '../fault-setting.ts'
import { faultParameters, readFault } from '../faults/settings.ts'
import type { Parameters } from '../messages.ts'
import type { Mutable, Placement } from '../storage/data-directory.ts'

const placements: readonly Placement[] = ['movable', 'node-local', 'zone-local']
const clonings = ['any', 'unused'] as const
const defaultReadAhead = 128

/** Parameters of a StorageClass, parsed. */
export interface VolumeParameters {
  readonly placement: Placement
  /** Of which volumes it may be a clone: of any, or only of one that is attached to no node. */
  readonly clones: (typeof clonings)[number]
  readonly fault: FaultSetting | null
}

/** Whether classes may ask for faults. */
export interface ParameterOptions {
  readonly faultsEnabled: boolean
}

/** What the controller was told when it was started. */
export interface ControllerOptions extends ParameterOptions {
  readonly behaviour: Behaviour
}

function refuseUnknown(parameters: Parameters, known: readonly string[]): void {
  // Sidecars hand on keys of their own, all below this prefix.
  const unknown = Object.keys(parameters).filter((key) => !key.startsWith('csi.storage.k8s.io/') && !known.includes(key))
  if (unknown.length > 0)
    throw new Failure('INVALID_ARGUMENT', `Unknown parameter ${unknown.join(', ')}: the driver knows ${known.join(', ')} here.`)
}

/** Reads the parameters of a StorageClass. Throws INVALID_ARGUMENT for one that is unknown or has no sense. */
export function readVolumeParameters(parameters: Parameters, options: ParameterOptions): VolumeParameters {
  refuseUnknown(parameters, ['placement', 'clones', ...faultParameters])
  const wanted = parameters['placement'] ?? 'movable'
  const placement = placements.find((each) => each === wanted)
  if (placement === undefined) throw new Failure('INVALID_ARGUMENT', `Unknown placement ${wanted}: choose one of ${placements.join(', ')}.`)
  const cloning = parameters['clones'] ?? 'any'
  const clones = clonings.find((each) => each === cloning)
  if (clones === undefined)
    throw new Failure('INVALID_ARGUMENT', `Unknown value ${cloning} of clones: choose one of ${clonings.join(', ')}.`)
  return { placement, clones, fault: readFault(parameters, { known: volumeFaults, ...options }) }
}

/** Reads the parameters of a VolumeAttributesClass. One that is left out has its default. */
export function readMutableParameters(parameters: Parameters, options: ParameterOptions): Mutable {
  refuseUnknown(parameters, ['readAheadKiB', ...faultParameters])
  const text = parameters['readAheadKiB'] ?? String(defaultReadAhead)
  const readAheadKiB = Number(text)
  if (!Number.isInteger(readAheadKiB) || readAheadKiB < 4 || readAheadKiB > 65_536 || readAheadKiB % 4 !== 0)
    throw new Failure('INVALID_ARGUMENT', `readAheadKiB is ${text}: give a multiple of 4 from 4 to 65536.`)
  return { readAheadKiB, fault: readFault(parameters, { known: volumeFaults, ...options }) }
}

/** Reads the parameters of a VolumeSnapshotClass. */
export function readSnapshotParameters(parameters: Parameters, options: ParameterOptions): FaultSetting | null {
  refuseUnknown(parameters, faultParameters)
  return readFault(parameters, { known: snapshotFaults, ...options })
}

/** Reads the parameters of a VolumeGroupSnapshotClass. */
export function readGroupParameters(parameters: Parameters, options: ParameterOptions): FaultSetting | null {
  // Kubernetes' end-to-end tests hand the deletion policy on as a parameter; the snapshotter acts on it, not the driver.
  refuseUnknown(parameters, ['deletionPolicy', ...faultParameters])
  return readFault(parameters, { known: groupFaults, ...options })
}
