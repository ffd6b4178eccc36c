import { open, statfs } from 'node:fs/promises'
import { command } from '../command.ts'
import { Failure } from '../failure.ts'
import { blankImage, copyImage, imageSize, makeImage } from './volume-image.ts'

/** File systems a volume can have. */
export type FileSystemType = 'xfs' | 'ext4'

const mebibyte = 1024 ** 2

/** What differs between file systems. */
const kinds = {
  xfs: {
    /** mkfs.xfs makes nothing smaller. */
    smallest: 300 * mebibyte,
    format: (path: string) => command('mkfs.xfs', ['-q', path]),
    // Copies of a volume carry its UUID, which xfs would refuse a second time (xfs(5), nouuid).
    mountOptions: ['nouuid'],
    growOnline: (_device: string, path: string) => command('xfs_growfs', ['-d', path]),
    growOffline: async () => undefined,
  },
  ext4: {
    smallest: 16 * mebibyte,
    format: (path: string) => command('mkfs.ext4', ['-q', '-F', path]),
    mountOptions: [],
    growOnline: growExt4Online,
    growOffline: growExt4Offline,
  },
} as const

/** File systems the driver offers, the default first. */
export const fileSystemTypes = Object.keys(kinds) as FileSystemType[]

/** Whether the driver offers this file system. */
export function isFileSystemType(name: string): name is FileSystemType {
  return Object.hasOwn(kinds, name)
}

/** The smallest volume, in bytes, that can hold this file system. */
export function smallestFor(fsType: FileSystemType): number {
  return kinds[fsType].smallest
}

/** Options that every mount of this file system needs. */
export function mountOptions(fsType: FileSystemType): readonly string[] {
  return kinds[fsType].mountOptions
}

const superblocks = [
  { fsType: 'xfs', offset: 0, magic: Buffer.from('XFSB', 'latin1') },
  { fsType: 'ext4', offset: 1024 + 0x38, magic: Buffer.from([0x53, 0xef]) },
] as const

const head = 65_536

async function readHead(path: string): Promise<Buffer> {
  await using handle = await open(path, 'r')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(head), 0, head, 0)
  return buffer.subarray(0, bytesRead)
}

/** What an image file holds: one of our file systems, nothing at all, or something else. */
export async function imageContent(path: string): Promise<FileSystemType | 'blank' | 'unknown'> {
  const start = await readHead(path)
  const found = superblocks.find(({ offset, magic }) => start.subarray(offset, offset + magic.length).equals(magic))
  if (found !== undefined) return found.fsType
  return start.every((byte) => byte === 0) ? 'blank' : 'unknown'
}

/** Makes sure that an image to which no loop device is bound holds this file system. Throws rather than overwrite anything. */
export async function ensureFormatted(image: string, fsType: FileSystemType): Promise<void> {
  const content = await imageContent(image)
  if (content === fsType) return
  if (content !== 'blank') {
    const found = content === 'unknown' ? `something that is not ${fsType}` : content
    throw new Failure('FAILED_PRECONDITION', `The volume holds ${found}, but ${fsType} was requested: refusing to overwrite it.`)
  }
  const size = await imageSize(image)
  // On a file of its own: a kill half-way leaves the image blank, never half formatted.
  await makeImage(image, async (temporary) => {
    await blankImage(temporary, size)
    await kinds[fsType].format(temporary)
  })
}

/** Grows the file system of an image to which no loop device is bound, where it can only be grown like that. */
export async function growOffline(image: string, fsType: FileSystemType): Promise<void> {
  await kinds[fsType].growOffline(image)
}

/**
 * Grows a mounted file system to the size its device has now; does nothing when it has it already. Throws FAILED_PRECONDITION where
 * the machine can only grow it while it is not mounted.
 */
export async function growOnline(fsType: FileSystemType, mounted: { readonly device: string; readonly path: string }): Promise<void> {
  await kinds[fsType].growOnline(mounted.device, mounted.path)
}

/** Size in bytes and in blocks that an ext4 believes it has, from its superblock. */
async function ext4Size(path: string): Promise<{ readonly bytes: number; readonly blockSize: number }> {
  const start = await readHead(path)
  const field = (offset: number) => start.readUInt32LE(1024 + offset)
  const blockSize = 1024 * 2 ** field(0x18)
  const has64Bit = (field(0x60) & 0x80) !== 0
  const blocks = field(0x04) + (has64Bit ? field(0x1_50) * 2 ** 32 : 0)
  return { bytes: blocks * blockSize, blockSize }
}

async function growExt4Offline(image: string): Promise<void> {
  const { bytes, blockSize } = await ext4Size(image)
  if ((await imageSize(image)) - bytes < blockSize) return
  // On a copy: a kill in the middle of resize2fs leaves what not even e2fsck can always put right.
  await makeImage(image, async (temporary) => {
    await copyImage(image, temporary)
    // resize2fs wants a file system that was checked since it was last mounted; this also replays its journal.
    await command('e2fsck', ['-f', '-p', temporary]).catch((error: unknown) => {
      // Exit code 1 of e2fsck(8): errors were found and corrected.
      if (!(error instanceof Error) || !isCorrected(error.cause)) throw error
    })
    await command('resize2fs', [temporary])
  })
}

function isCorrected(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'exitCode' in cause && cause.exitCode === 1
}

async function growExt4Online(device: string, path: string): Promise<void> {
  try {
    await command('resize2fs', [device])
  } catch (error) {
    if (!/permission denied/i.test(String(error))) throw error
    // ext4 grows online only for a process with CAP_SYS_RESOURCE, which this machine withholds.
    throw new Failure(
      'FAILED_PRECONDITION',
      `The ext4 at ${path} cannot be grown while it is mounted here: it grows when it is staged next.`,
      {
        cause: error,
      },
    )
  }
}

/** Bytes and inodes of the file system mounted at a path, as csi.v1.VolumeUsage. */
export async function usageAt(path: string): Promise<object[]> {
  const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(path)
  return [
    { unit: 'BYTES', total: blocks * bsize, available: bavail * bsize, used: (blocks - bfree) * bsize },
    { unit: 'INODES', total: files, available: ffree, used: files - ffree },
  ]
}
