import { createHash } from 'node:crypto'
import { closeSync, lstatSync, openSync, readSync, readdirSync, readlinkSync, type BigIntStats } from 'node:fs'
import { join } from 'node:path'
import type { Tree, TreeEntry, TreeEntryType } from '../tree.ts'
import { readXattrs } from './xattrs.ts'

const blockSize = 512n
const pieceSize = 1 << 20

/** Directory that mkfs.ext4 leaves in a new file system: no data of the user's. */
const notData = 'lost+found'

/** Reads everything below a directory. A directory that is not there is a tree without entries. */
export function manifest(root: string): Tree {
  if (lstatSync(root, { throwIfNoEntry: false }) === undefined) return { root, entries: [] }
  const links = new Map<bigint, string>()
  const xattrs = readXattrs(root)
  return { root, entries: pathsBelow(root).map((path) => entryOf({ root, path, links, xattrs: xattrs.get(path) })) }
}

function pathsBelow(root: string): readonly string[] {
  const below = readdirSync(root, { recursive: true, encoding: 'utf8' })
  return ['.', ...below.filter((path) => path !== notData && !path.startsWith(`${notData}/`)).sort()]
}

function entryOf(of: {
  readonly root: string
  readonly path: string
  readonly links: Map<bigint, string>
  readonly xattrs: Readonly<Record<string, string>> | undefined
}): TreeEntry {
  const { root, path, links, xattrs } = of
  const file = join(root, path)
  const stats = lstatSync(file, { bigint: true })
  const type = typeOf(stats)
  return {
    path,
    type,
    mode: `0${(stats.mode & 0o7777n).toString(8).padStart(3, '0')}`,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    mtimeNs: stats.mtimeNs.toString(),
    ...(type === 'file' && {
      size: Number(stats.size),
      sha256: digest(file),
      sparse: stats.blocks * blockSize < stats.size,
      ...hardLink(stats, { path, links }),
    }),
    ...(type === 'symlink' && { target: readlinkSync(file) }),
    ...(xattrs && { xattrs }),
  }
}

function typeOf(stats: BigIntStats): TreeEntryType {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'directory'
  return stats.isSymbolicLink() ? 'symlink' : 'other'
}

function hardLink(
  stats: BigIntStats,
  { path, links }: { readonly path: string; readonly links: Map<bigint, string> },
): { hardLinkOf?: string } {
  if (stats.nlink < 2n) return {}
  const first = links.get(stats.ino) ?? path
  links.set(stats.ino, first)
  return { hardLinkOf: first }
}

function digest(file: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(pieceSize)
  const descriptor = openSync(file, 'r')
  for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece)) hash.update(piece.subarray(0, read))
  closeSync(descriptor)
  return hash.digest('hex')
}
