import { Failure } from './failure.ts'
import type { Parameters } from './messages.ts'

/** Rules the driver can be told to break, one at a time, by the StorageClass parameter `fault`. */
export const faults = {
  'restore-empty': 'A volume restored from a snapshot is empty.',
  'restore-current-source': 'A volume restored from a snapshot holds what the source holds now.',
  'restore-shares-source': 'A volume restored from a snapshot is the source itself under another name.',
  'expansion-books-only': 'An expansion is answered as done and nothing grows.',
} as const

export type FaultName = keyof typeof faults

function isFault(name: string): name is FaultName {
  return Object.hasOwn(faults, name)
}

/** Reads the parameters of a StorageClass. Throws INVALID_ARGUMENT for one that is unknown, or a fault where faults are off. */
export function readParameters(parameters: Parameters, options: { readonly faultsEnabled: boolean }): FaultName | null {
  const { fault, ...others } = parameters
  // Sidecars hand on keys of their own, all below this prefix.
  const unknown = Object.keys(others).filter((key) => !key.startsWith('csi.storage.k8s.io/'))
  if (unknown.length > 0)
    throw new Failure('INVALID_ARGUMENT', `Unknown parameter ${unknown.join(', ')}: the driver knows csi.storage.k8s.io/fstype and fault.`)
  if (fault === undefined) return null
  if (!isFault(fault)) throw new Failure('INVALID_ARGUMENT', `Unknown fault ${fault}: choose one of ${Object.keys(faults).join(', ')}.`)
  if (!options.faultsEnabled)
    throw new Failure('INVALID_ARGUMENT', `Fault ${fault} is refused: start the driver with --faults to allow it.`)
  return fault
}
