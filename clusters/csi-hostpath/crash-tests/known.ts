import type { Acknowledged } from './agreement.ts'
import { nodeId } from './killable-driver.ts'

/** Something that others may copy. While they do, its owner neither deletes nor expands it. */
interface Shared {
  copiers: number
  /** Its owner is about to delete or expand it. */
  reserved: boolean
}

/** File systems that volumes get. */
export type FsType = 'xfs' | 'ext4'

/** A volume as its user remembers it: only what was acknowledged. What a running call takes away is taken away before the call. */
export interface KnownVolume extends Shared {
  readonly name: string
  readonly id: string
  readonly fsType: FsType
  readonly context: Readonly<Record<string, string>>
  size: number
  sizeAtMost: number
  /** Context of its attachment. */
  attachment: Readonly<Record<string, string>> | undefined
  staging: string | undefined
  published: string | undefined
  /** Marks it was given, the last one perhaps still being written; from `written` on each may be what it holds now. */
  readonly marks: string[]
  written: number
  /** Bytes of the volume that the file system keeps for itself, known once it was mounted. */
  overhead: number | undefined
  counter: number
}

/** A snapshot as its user remembers it. */
export interface KnownSnapshot extends Shared {
  readonly name: string
  readonly id: string
  readonly fsType: FsType
  readonly size: number
  /** What it may hold. */
  readonly marks: readonly string[]
}

/** A group snapshot as its user remembers it. */
export interface KnownGroup {
  readonly id: string
  /** They go with the group. */
  readonly snapshots: readonly KnownSnapshot[]
}

/** Everything that the driver answered to one load. */
export interface Known {
  readonly groups: Set<KnownGroup>
  readonly volumes: Set<KnownVolume>
  readonly snapshots: Set<KnownSnapshot>
}

/** Marks that a volume may hold at this moment. */
export function possibleMarks({ marks, written }: KnownVolume): string[] {
  return marks.slice(written)
}

/** Lets `work` copy things that stay as they are meanwhile. */
export async function copying<T>(sources: readonly Shared[], work: () => Promise<T>): Promise<T> {
  for (const source of sources) source.copiers += 1
  try {
    return await work()
  } finally {
    for (const source of sources) source.copiers -= 1
  }
}

/** Every snapshot, those of groups among them. */
export function everySnapshot({ snapshots, groups }: Pick<Known, 'snapshots' | 'groups'>): KnownSnapshot[] {
  return [...snapshots, ...[...groups].flatMap((group) => group.snapshots)]
}

/** What the driver has acknowledged so far, in the terms of an agreement. */
export function acknowledged({ volumes, snapshots, groups }: Known): Acknowledged {
  return {
    volumes: [...volumes].map(({ id, size, sizeAtMost, attachment, staging, published }) => ({
      id,
      size,
      sizeAtMost,
      attachedTo: attachment === undefined ? [] : [nodeId],
      mountedAt: [staging, published].filter((path) => path !== undefined),
    })),
    snapshots: everySnapshot({ snapshots, groups }).map(({ id, size }) => ({ id, size })),
    groups: [...groups].map(({ id }) => id),
  }
}
