import { Failure, required } from './failure.ts'
import type { VolumeCapability } from './messages.ts'
import type { Access } from './storage/data-directory.ts'
import { fileSystemTypes, isFileSystemType } from './storage/file-system.ts'

const accessModes = [
  'SINGLE_NODE_WRITER',
  'SINGLE_NODE_READER_ONLY',
  'SINGLE_NODE_SINGLE_WRITER',
  'SINGLE_NODE_MULTI_WRITER',
  'MULTI_NODE_READER_ONLY',
  'MULTI_NODE_SINGLE_WRITER',
  'MULTI_NODE_MULTI_WRITER',
]

/** A requested volume capability: block or mount, access mode and mount options. */
export interface AccessRequest {
  readonly access: Access
  readonly accessMode: string
  readonly mountFlags: readonly string[]
}

/** Why the driver cannot offer a volume with this capability, or undefined when it can. */
export function whyNotOffered(capability: VolumeCapability): string | undefined {
  const fsType = capability.mount?.fs_type ?? ''
  if (fsType !== '' && !isFileSystemType(fsType)) return `File system ${fsType} is not offered: use ${fileSystemTypes.join(' or ')}.`
  const mode = capability.access_mode?.mode ?? 'UNKNOWN'
  if (!accessModes.includes(mode)) return `Access mode ${mode} is not offered: use one of ${accessModes.join(', ')}.`
  return undefined
}

/** Reads a capability of a request; one that is missing or not offered is INVALID_ARGUMENT. */
export function readCapability(capability: VolumeCapability | null): AccessRequest {
  const given = required(capability, 'volume_capability')
  const reason = whyNotOffered(given)
  if (reason !== undefined) throw new Failure('INVALID_ARGUMENT', reason)
  const fsType = given.mount?.fs_type ?? ''
  return {
    access: given.block ? { type: 'block' } : { type: 'mount', fsType: isFileSystemType(fsType) ? fsType : 'xfs' },
    accessMode: given.access_mode?.mode ?? 'UNKNOWN',
    mountFlags: given.mount?.mount_flags ?? [],
  }
}

/** The one way in which all capabilities of a CreateVolume ask for the volume. */
export function readAccess(capabilities: readonly VolumeCapability[]): Access {
  const [first, ...others] = capabilities.map((capability) => readCapability(capability).access)
  if (first === undefined) throw new Failure('INVALID_ARGUMENT', 'volume_capabilities is missing: set it.')
  if (others.some((other) => !sameAccess(first, other)))
    throw new Failure(
      'INVALID_ARGUMENT',
      'volume_capabilities ask for a raw block device and a file system, or two file systems: choose one.',
    )
  return first
}

/** Whether both mean the same kind of volume. */
export function sameAccess(one: Access, other: Access): boolean {
  return one.type === 'mount' && other.type === 'mount' ? one.fsType === other.fsType : one.type === other.type
}

/** Whether an access mode lets several nodes have the volume at once. */
export function isForSeveralNodes(accessMode: string): boolean {
  return accessMode.startsWith('MULTI_NODE_')
}

/** Whether an access mode lets nobody write. */
export function isReaderOnly(accessMode: string): boolean {
  return accessMode.endsWith('_READER_ONLY')
}
