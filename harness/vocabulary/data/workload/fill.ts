import {
  chmodSync,
  chownSync,
  closeSync,
  ftruncateSync,
  linkSync,
  lchownSync,
  mkdirSync,
  openSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { content, flush, type Written } from './content.ts'
import { isRoot, ownershipsOf, thisIdentity } from './owners.ts'
import { setXattr } from './xattrs.ts'

/** Files of the tree by path: size in bytes, mode, and which of the ownerships. */
const files: readonly {
  readonly path: string
  readonly size: number
  readonly mode?: number
  readonly owner?: 0 | 1 | 2
}[] = [
  { path: 'empty', size: 0 },
  { path: 'one-byte', size: 1 },
  { path: 'block-less-one', size: 4095 },
  { path: 'block', size: 4096, mode: 0o600 },
  { path: 'block-and-one', size: 4097 },
  { path: 'large.bin', size: 3 * 1024 * 1024 + 17 },
  { path: 'base/16384/2619', size: 81_920, mode: 0o600, owner: 1 },
  { path: 'base/16384/2619_fsm', size: 24_576, mode: 0o600, owner: 1 },
  { path: 'wal/000000010000000000000001', size: 1024 * 1024, mode: 0o600, owner: 1 },
  { path: 'wal/000000010000000000000002', size: 1024 * 1024, mode: 0o600, owner: 1 },
  { path: 'deep/a/b/c/d/e/f/leaf.txt', size: 120 },
  { path: 'names/with space and "quotes"', size: 12 },
  { path: 'names/größe-データ-🗄️.txt', size: 33 },
  { path: `names/${'long'.repeat(60)}`, size: 5 },
  { path: 'modes/no-permissions', size: 9, mode: 0o000 },
  { path: 'modes/setuid-and-sticky', size: 9, mode: 0o5755 },
  { path: 'modes/read-only', size: 9, mode: 0o444, owner: 2 },
  { path: 'to-delete', size: 777 },
  { path: 'to-overwrite', size: 50_000 },
  { path: 'to-rename', size: 2048 },
  { path: 'to-chmod', size: 64, mode: 0o640 },
]

/** Two seconds and a bit after the billennium: an old time with nanoseconds that seconds alone cannot hold. */
const oldTime = 1_000_000_002.25

/**
 * Writes a tree with one of each thing that copies tend to lose: sizes around a block, holes, modes, owners, old times,
 * links of both kinds, extended attributes, names beyond ASCII. The same seed writes the same tree. Returns once it is durable.
 */
export function fill(directory: string, seed: number): Written {
  const identity = thisIdentity()
  const owners = ownershipsOf(identity)
  // What nobody may read, root alone can: for another user it would be a file without content.
  const least = isRoot(identity) ? 0 : 0o400
  for (const [position, { path, size, mode = 0o644, owner = 0 }] of files.entries()) {
    const file = join(directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content(seed * files.length + position, size))
    chownSync(file, ...owners[owner])
    chmodSync(file, mode | least)
  }
  writeSparse(join(directory, 'sparse.img'), seed)
  mkdirSync(join(directory, 'empty-directory'), { mode: 0o1777 })
  symlinkSync('base/16384/2619', join(directory, 'link-to-file'))
  symlinkSync('/nowhere/at/all', join(directory, 'dangling-link'))
  lchownSync(join(directory, 'dangling-link'), ...owners[2])
  linkSync(join(directory, 'block'), join(directory, 'names/second-name-of-block'))
  setXattr(join(directory, 'one-byte'), ['user.holdfast.seed', String(seed)])
  setXattr(join(directory, 'names/größe-データ-🗄️.txt'), ['user.holdfast.binary', 'a\tb'])
  setXattr(join(directory, 'deep'), ['user.holdfast.directory', 'yes'])
  utimesSync(join(directory, 'block-and-one'), oldTime, oldTime)
  utimesSync(join(directory, 'base'), oldTime, oldTime)
  flush(directory)
  return { directory, files: files.length + 1, bytes: files.reduce((sum, { size }) => sum + size, 0) }
}

/** A file of 16 MiB with 4 KiB of data at either end and a hole between. */
function writeSparse(file: string, seed: number): void {
  const size = 16 * 1024 * 1024
  const piece = content(seed, 4096)
  const descriptor = openSync(file, 'w')
  ftruncateSync(descriptor, size)
  writeSync(descriptor, piece, 0, piece.length, 0)
  writeSync(descriptor, piece, 0, piece.length, size - piece.length)
  closeSync(descriptor)
}
