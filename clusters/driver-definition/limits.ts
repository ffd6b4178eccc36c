import type { DriverAct, DriverTime, VolumeSizes } from '../../contract/platform.ts'
import type { DriverDefinition } from './definition.ts'
import { type AccessMode, accessModes, type Capability, type TimeoutName } from './keys.ts'

/** A definition says nothing of how long a volume takes to grow. */
const timeouts: Readonly<Record<Exclude<DriverAct, 'resize'>, TimeoutName>> = {
  bind: 'ClaimProvision',
  attach: 'PodStart',
  snapshot: 'SnapshotCreate',
  restore: 'DataSourceProvision',
  delete: 'PVDelete',
}

/** Times that a definition allows its driver. An act that it says nothing of has no more than anybody's. */
export function definedTimes(definition: DriverDefinition): Readonly<Partial<Record<DriverAct, DriverTime>>> {
  const times = Object.entries(timeouts).flatMap(([act, name]) => {
    const seconds = definition.timeouts[name]
    return seconds === undefined ? [] : [[act, { seconds, kind: 'allowed' as const, from: `Timeouts.${name}` }] as const]
  })
  return Object.fromEntries(times)
}

/** By how much Kubernetes' own tests let a volume grow where a definition names no step. */
const usualStep = '1Gi'

/** Sizes of volumes as a definition has them. */
export function definedSizes({ sizes: { min, step } }: DriverDefinition): VolumeSizes {
  return { smallest: min.text, step: step?.text ?? usualStep, from: 'SupportedSizeRange of the definition of the driver' }
}

/** Whether a driver offers an access mode. */
export interface DefinedAccessMode {
  readonly mode: AccessMode
  readonly isThere: boolean
  /** The key that says so. */
  readonly seen: string
}

const ofMode: Readonly<Record<Exclude<AccessMode, 'ReadWriteOnce'>, Capability>> = {
  ReadOnlyMany: 'capReadOnlyMany',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'readWriteOncePod',
}

/** Access modes of a driver. Every one has ReadWriteOnce, unless its definition requires others. */
export function definedAccessModes({ capabilities, requiredAccessModes }: DriverDefinition): readonly DefinedAccessMode[] {
  return accessModes.map((mode) => {
    if (mode === 'ReadWriteOnce')
      return { mode, isThere: requiredAccessModes.includes(mode), seen: `RequiredAccessModes is ${requiredAccessModes.join(', ')}` }
    const value = capabilities[ofMode[mode]]
    return { mode, isThere: value === true, seen: `Capabilities.${ofMode[mode]} is ${value === undefined ? 'not set' : String(value)}` }
  })
}
