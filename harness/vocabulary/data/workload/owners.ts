/** A user and a group, by their numbers. */
export type Ownership = readonly [user: number, group: number]

/** Who this process is. */
export interface Identity {
  readonly user: number
  /** All groups that it is in, its first one included. */
  readonly groups: readonly number[]
}

/** To whom files belong that root writes. */
const ofRoot: readonly [Ownership, Ownership, Ownership] = [
  [0, 0],
  [999, 999],
  [1000, 2000],
]

/** Whether a process may give files away, and read what it may not. */
export function isRoot({ user }: Identity): boolean {
  return user === 0
}

/** Who this process is, as the kernel says. */
export function thisIdentity(): Identity {
  const groups = [process.getegid?.() ?? 0, ...(process.getgroups?.() ?? [])]
  return { user: process.geteuid?.() ?? 0, groups: [...new Set(groups)].toSorted((one, other) => one - other) }
}

/**
 * Three ownerships that files take in turn. Root gives files to others. Any other user keeps its files, and gives them to each of its
 * groups: more is not allowed to it.
 */
export function ownershipsOf(identity: Identity): readonly [Ownership, Ownership, Ownership] {
  if (isRoot(identity)) return ofRoot
  const { user, groups } = identity
  const inGroup = (position: number): Ownership => [user, groups[position % groups.length] ?? user]
  return [inGroup(0), inGroup(1), inGroup(2)]
}
