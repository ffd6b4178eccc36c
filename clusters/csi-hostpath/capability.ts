import { Failure, required } from './failure.ts'
import type { VolumeCapability } from './messages.ts'

const offeredModes = ['SINGLE_NODE_WRITER', 'SINGLE_NODE_READER_ONLY', 'SINGLE_NODE_SINGLE_WRITER', 'SINGLE_NODE_MULTI_WRITER']

/** How a volume is asked for: its access mode and the mount options. */
export interface MountRequest {
  readonly accessMode: string
  readonly mountFlags: readonly string[]
}

/** Why the driver cannot offer a volume with this capability, or undefined when it can. */
export function whyNotOffered(capability: VolumeCapability): string | undefined {
  if (capability.block) return 'Raw block volumes are not offered: use volumeMode Filesystem.'
  const fsType = capability.mount?.fs_type ?? ''
  if (fsType !== '' && fsType !== 'xfs') return `File system ${fsType} is not offered: use xfs.`
  const mode = capability.access_mode?.mode ?? 'UNKNOWN'
  if (!offeredModes.includes(mode)) return `Access mode ${mode} is not offered: use one of ${offeredModes.join(', ')}.`
  return undefined
}

/** Reads a capability of a request; one that is missing or not offered is INVALID_ARGUMENT. */
export function readCapability(capability: VolumeCapability | null): MountRequest {
  const given = required(capability, 'volume_capability')
  const reason = whyNotOffered(given)
  if (reason !== undefined) throw new Failure('INVALID_ARGUMENT', reason)
  return { accessMode: given.access_mode?.mode ?? 'UNKNOWN', mountFlags: given.mount?.mount_flags ?? [] }
}
