import type { Mount } from '../node/mounts.ts'

/** A volume or a snapshot, and how many bytes it has. */
export interface Sized {
  readonly id: string
  readonly size: number
}

/** A volume as its records and ListVolumes tell it. */
export interface AttachedVolume extends Sized {
  readonly attachedTo: readonly string[]
}

/** A loop device below the driver's directory. */
export interface BoundDevice {
  /** `major:minor`, as a mount names it. */
  readonly number: string
  /** Path of the image relative to the data directory; the kernel adds ` (deleted)` to one that is gone. */
  readonly image: string
}

/** Everything that can be seen of one driver: its answers, its files, and what it did to the machine. */
export interface Observed {
  readonly listedVolumes: readonly AttachedVolume[]
  readonly listedSnapshots: readonly Sized[]
  readonly volumeRecords: readonly string[]
  readonly snapshotRecords: readonly string[]
  readonly groupRecords: readonly string[]
  /** `<volume id>.<node id>` of what is staged. */
  readonly stagedRecords: readonly string[]
  readonly volumeImages: readonly Sized[]
  readonly snapshotImages: readonly Sized[]
  /** Files of volumes that live and die with a Pod. */
  readonly inline: readonly string[]
  /** Files below the data directory, or in the driver's temporary directory, that belong to nothing. */
  readonly strays: readonly string[]
  readonly loopDevices: readonly BoundDevice[]
  readonly mounts: readonly Pick<Mount, 'path' | 'device'>[]
  /** Mounted paths whose file system stood still. */
  readonly frozen: readonly string[]
  /** Command lines of processes that a driver started, the present driver left out. */
  readonly processes: readonly string[]
}

/** A volume as the driver's answers describe it. */
export interface AcknowledgedVolume extends AttachedVolume {
  /** Its staging path and where it is published. */
  readonly mountedAt: readonly string[]
  /** The largest size asked for, while that call is not answered yet. */
  readonly sizeAtMost: number
}

/** What the driver has acknowledged. */
export interface Acknowledged {
  readonly volumes: readonly AcknowledgedVolume[]
  readonly snapshots: readonly Sized[]
  /** Ids of group snapshots. */
  readonly groups: readonly string[]
}

function differences(what: string, found: readonly string[], wanted: readonly string[]): string[] {
  const left = [...wanted]
  const tooMany = found.filter((each) => {
    const at = left.indexOf(each)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return [...tooMany.map((each) => `${what}: ${each} should not be there`), ...left.map((each) => `${what}: ${each} is missing`)]
}

const sized = ({ id, size }: Sized) => `${id} of ${size} bytes`
const attached = (volume: AttachedVolume) => `${sized(volume)} on ${volume.attachedTo.join(', ') || 'no node'}`
const ids = (items: readonly Sized[]) => items.map(({ id }) => id)
const imageOf = (id: string) => `volumes/${id}.img`

function mountsWithImages({ mounts, loopDevices }: Observed): string[] {
  const images = new Map(loopDevices.map(({ number, image }) => [number, image]))
  return mounts.map(({ path, device }) => `${images.get(device) ?? `device ${device}`} at ${path}`)
}

/** Where a driver at rest differs from what it has acknowledged, one sentence each; nothing when both agree exactly. */
export function disagreements(observed: Observed, { volumes, snapshots, groups }: Acknowledged): string[] {
  const inUse = volumes.filter(({ mountedAt }) => mountedAt.length > 0)
  const staged = inUse.flatMap(({ id, attachedTo }) => attachedTo.map((node) => `${id}.${node}`))
  const images = observed.loopDevices.map(({ image }) => image)
  const mounts = inUse.flatMap(({ id, mountedAt }) => mountedAt.map((path) => `${imageOf(id)} at ${path}`))
  return [
    ...differences('ListVolumes', observed.listedVolumes.map(attached), volumes.map(attached)),
    ...differences('volume records', observed.volumeRecords, ids(volumes)),
    ...differences('volume images', observed.volumeImages.map(sized), volumes.map(sized)),
    ...differences('ListSnapshots', observed.listedSnapshots.map(sized), snapshots.map(sized)),
    ...differences('snapshot records', observed.snapshotRecords, ids(snapshots)),
    ...differences('snapshot images', observed.snapshotImages.map(sized), snapshots.map(sized)),
    ...differences('group records', observed.groupRecords, groups),
    ...differences('staged records', observed.stagedRecords, staged),
    ...differences('files of inline volumes', observed.inline, []),
    ...differences('files', observed.strays, []),
    ...differences('loop devices', images, ids(inUse).map(imageOf)),
    ...differences('mounts', mountsWithImages(observed), mounts),
    ...differences('frozen file systems', observed.frozen, []),
    ...differences('processes', observed.processes, []),
  ]
}

function lostOf(kind: string, acknowledged: Sized & { readonly sizeAtMost?: number }, places: Readonly<Record<string, readonly Sized[]>>) {
  const { id, size, sizeAtMost = size } = acknowledged
  return Object.entries(places).flatMap(([place, items]) => {
    const found = items.find((each) => each.id === id)
    if (found === undefined) return [`${kind} ${id} was acknowledged and is not in ${place}`]
    if (found.size >= size && found.size <= sizeAtMost) return []
    return [`${kind} ${id} has ${found.size} bytes in ${place}, not ${size}${sizeAtMost === size ? '' : ` to ${sizeAtMost}`}`]
  })
}

/**
 * What a driver that was cut off lost of what it has acknowledged, one sentence each. There may be more than was acknowledged, since
 * calls ended without an answer, but never less.
 */
export function losses(observed: Observed, { volumes, snapshots, groups }: Acknowledged): string[] {
  const mounted = mountsWithImages(observed)
  const groupsLost = groups.filter((id) => !observed.groupRecords.includes(id))
  return [
    ...groupsLost.map((id) => `group ${id} was acknowledged and has no record`),
    ...volumes.flatMap((volume) => lostOf('volume', volume, { ListVolumes: observed.listedVolumes, volumes: observed.volumeImages })),
    ...snapshots.flatMap((each) =>
      lostOf('snapshot', each, { ListSnapshots: observed.listedSnapshots, snapshots: observed.snapshotImages }),
    ),
    ...volumes.flatMap(({ id, attachedTo }) => {
      const now = observed.listedVolumes.find((each) => each.id === id)?.attachedTo ?? []
      return attachedTo.filter((node) => !now.includes(node)).map((node) => `volume ${id} is no longer attached to ${node}`)
    }),
    ...volumes.flatMap(({ id, mountedAt }) => {
      const gone = mountedAt.filter((path) => !mounted.includes(`${imageOf(id)} at ${path}`))
      return gone.map((path) => `volume ${id} is no longer mounted at ${path}`)
    }),
  ]
}

/** What a driver that has just started ought to have put in order and did not, one sentence each. */
export function leftHalfMade(observed: Observed): string[] {
  return [
    ...differences('volume images', ids(observed.volumeImages), observed.volumeRecords),
    ...differences('snapshot images', ids(observed.snapshotImages), observed.snapshotRecords),
    ...differences('ListVolumes', ids(observed.listedVolumes), observed.volumeRecords),
    ...differences('ListSnapshots', ids(observed.listedSnapshots), observed.snapshotRecords),
    ...differences('files', observed.strays, []),
    ...differences('frozen file systems', observed.frozen, []),
  ]
}
