import { chmodSync, chownSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { content, flush, type Written } from './content.ts'
import { type Identity, type Ownership, ownershipsOf, thisIdentity } from './owners.ts'

/** How large a tree is to be, and what its content is made from. */
export interface Population {
  readonly files: number
  /** All files together. */
  readonly bytes: number
  readonly seed: number
}

/** Directories of a tree: eight, each with eight below. */
const fanOut = 8

/** Sizes go through thirteen powers of two, so that most files are small and most bytes are in few files, as on a disk in use. */
const magnitudes = 13

/** Modes that files take in turn. */
const modes = [0o644, 0o600, 0o640, 0o755, 0o444] as const

/** The billennium, as a time that no copy gets by chance. */
const firstTime = 1_000_000_000

/** One file of a tree that is to be written. */
export interface PlannedFile {
  readonly path: string
  readonly size: number
  readonly mode: number
  readonly owner: Ownership
}

/** The files of a tree: mixed sizes, the first of them empty, together exactly `bytes`; modes, owners, names beyond ASCII. */
export function plannedFiles({ files, bytes }: Omit<Population, 'seed'>, identity: Identity): readonly PlannedFile[] {
  const owners = ownershipsOf(identity)
  return sizesOf(files, bytes).map((size, position) => ({
    path: pathOf(position),
    size,
    mode: modes[position % modes.length] ?? modes[0],
    owner: owners[position % owners.length] ?? owners[0],
  }))
}

/**
 * Writes a tree of ordinary files with old times, and a symbolic link in each directory. The same numbers write the same tree. Returns once
 * it is durable.
 */
export function populate(directory: string, { seed, ...size }: Population): Written {
  const files = plannedFiles(size, thisIdentity())
  for (const [position, { path, size: bytes, mode, owner }] of files.entries()) {
    const file = join(directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content(seed * files.length + position, bytes))
    chownSync(file, ...owner)
    chmodSync(file, mode)
    utimesSync(file, firstTime + position, firstTime + position)
    if (position < fanOut * fanOut) symlinkSync(`../../${path}`, join(dirname(file), `link-to-${position}`))
  }
  flush(directory)
  return { directory, ...size }
}

function pathOf(position: number): string {
  const [outer, inner] = [position % fanOut, Math.floor(position / fanOut) % fanOut]
  return `part-${outer}/größe-${inner}/file-${String(position).padStart(5, '0')}.bin`
}

function sizesOf(files: number, bytes: number): readonly number[] {
  const weights = Array.from({ length: files }, (_, position) => (position === 0 && files > 1 ? 0 : 2 ** (position % magnitudes)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const sizes = weights.map((weight) => Math.floor((bytes * weight) / total))
  const rest = bytes - sizes.reduce((sum, size) => sum + size, 0)
  return sizes.map((size, position) => (position === files - 1 ? size + rest : size))
}
