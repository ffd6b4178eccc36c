/** What an entry of a tree is. */
export type TreeEntryType = 'file' | 'directory' | 'symlink' | 'other'

/** One entry of a tree: everything about it that a user of the volume could tell a difference by. */
export interface TreeEntry {
  /** Path below the root, with `/`; the root itself is `.`. */
  readonly path: string
  readonly type: TreeEntryType
  /** Permission bits in octal, for example `0644`. */
  readonly mode: string
  readonly uid: number
  readonly gid: number
  /** Time of the last change, in nanoseconds since 1970, as a decimal string. */
  readonly mtimeNs: string
  /** Size in bytes; files only. */
  readonly size?: number
  /** Digest of the content; files only. */
  readonly sha256?: string
  /** Whether the file has holes; files only. */
  readonly sparse?: boolean
  /** Target of a symbolic link. */
  readonly target?: string
  /** First path of the group of hard links that the file belongs to. */
  readonly hardLinkOf?: string
  /** User extended attributes, value in base64. */
  readonly xattrs?: Readonly<Record<string, string>>
}

/** Everything below one directory, in the order of the paths. */
export interface Tree {
  /** Directory inside the container. */
  readonly root: string
  readonly entries: readonly TreeEntry[]
}

/** One way in which two trees differ. */
export interface TreeDifference {
  readonly path: string
  /** Field of the entry, or `existence` when the entry is missing or new. */
  readonly field: keyof TreeEntry | 'existence'
  readonly expected: string
  readonly actual: string
}

/** A field that a way of copying does not bring back, for all entries or for those of one type. */
export interface Forgotten {
  readonly field: keyof TreeEntry
  readonly type?: TreeEntryType
}

/** Entries without the fields that are forgotten. */
export function withoutForgotten(entries: readonly TreeEntry[], forgets: readonly Forgotten[]): readonly TreeEntry[] {
  return entries.map((entry) => {
    const gone = new Set<string>(forgets.filter(({ type = entry.type }) => type === entry.type).map(({ field }) => field))
    return Object.fromEntries(Object.entries(entry).filter(([field]) => !gone.has(field))) as unknown as TreeEntry
  })
}

const fields = ['type', 'size', 'sha256', 'mode', 'uid', 'gid', 'mtimeNs', 'target', 'hardLinkOf', 'sparse', 'xattrs'] as const

/** Says every difference between two trees, by path and field; none means that they are equal byte for byte. */
export function compareTrees(expected: Tree, actual: Tree): readonly TreeDifference[] {
  const found = new Map(actual.entries.map((entry) => [entry.path, entry]))
  const wanted = new Set(expected.entries.map((entry) => entry.path))
  const missingOrChanged = expected.entries.flatMap((entry) => compareEntries(entry, found.get(entry.path)))
  const added = actual.entries
    .filter((entry) => !wanted.has(entry.path))
    .map((entry): TreeDifference => ({ path: entry.path, field: 'existence', expected: 'absent', actual: entry.type }))
  return [...missingOrChanged, ...added]
}

/** One difference in words, for example `a/b.txt: sha256 is 12ab…, expected 34cd…`. */
export function describeDifference(difference: TreeDifference): string {
  const { path, field, expected, actual } = difference
  if (field === 'existence') return actual === 'absent' ? `${path}: ${expected} is missing` : `${path}: ${actual} was not there`
  return `${path}: ${field} is ${shorten(actual)}, expected ${shorten(expected)}`
}

/** Whether a tree holds nothing but its root. */
export function isEmptyTree(tree: Tree): boolean {
  return tree.entries.every((entry) => entry.path === '.')
}

function compareEntries(expected: TreeEntry, actual: TreeEntry | undefined): readonly TreeDifference[] {
  if (actual === undefined) return [{ path: expected.path, field: 'existence', expected: expected.type, actual: 'absent' }]
  if (expected.type !== actual.type) return [differenceIn(expected, actual, 'type')]
  return fields.filter((field) => text(expected[field]) !== text(actual[field])).map((field) => differenceIn(expected, actual, field))
}

function differenceIn(expected: TreeEntry, actual: TreeEntry, field: keyof TreeEntry): TreeDifference {
  return { path: expected.path, field, expected: text(expected[field]), actual: text(actual[field]) }
}

function text(value: TreeEntry[keyof TreeEntry]): string {
  if (value === undefined) return 'none'
  if (typeof value !== 'object') return String(value)
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function shorten(value: string): string {
  return value.length > 24 ? `${value.slice(0, 12)}…` : value
}
