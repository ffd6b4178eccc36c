import { createHash } from 'node:crypto'

function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 24)
}

/** Id of the volume that a CreateVolume with this name makes: the same name always names the same volume. */
export function volumeIdFor(name: string): string {
  return `vol-${digest(name)}`
}

/** Id of the snapshot that a CreateSnapshot with this name makes. */
export function snapshotIdFor(name: string): string {
  return `snap-${digest(name)}`
}

/** Id of the group snapshot that a CreateVolumeGroupSnapshot with this name makes. */
export function groupIdFor(name: string): string {
  return `group-${digest(name)}`
}

/** Name below which the driver keeps the ephemeral volume that kubelet gave this id. */
export function ephemeralIdFor(volumeId: string): string {
  return `eph-${digest(volumeId)}`
}

/** Whether a string has the form of our volume ids; anything else never becomes part of a path. */
export function isVolumeId(id: string): boolean {
  return /^vol-[0-9a-f]{24}$/.test(id)
}

/** Whether a string has the form of our snapshot ids. */
export function isSnapshotId(id: string): boolean {
  return /^snap-[0-9a-f]{24}$/.test(id)
}

/** Whether a string has the form of our names of ephemeral volumes. */
export function isEphemeralId(id: string): boolean {
  return /^eph-[0-9a-f]{24}$/.test(id)
}

/** Whether a string has the form of our ids of group snapshots. */
export function isGroupId(id: string): boolean {
  return /^group-[0-9a-f]{24}$/.test(id)
}

/** Whether a string can be the name of a node: a DNS subdomain, as Kubernetes demands. */
export function isNodeId(id: string): boolean {
  return id.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(id)
}
