import { mkdir, statfs } from 'node:fs/promises'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { bindLoopDevice, deviceNumber, findLoopDevice, releaseLoopDevice } from './loop-device.ts'
import { listMounts, mountAt } from './mounts.ts'
import { formatImage, imageContent } from './volume-image.ts'

/** Grows the file system mounted at a path to the size its image file has now; does nothing when it has it already. */
export async function growFileSystem(image: string, path: string): Promise<void> {
  const device = await findLoopDevice(image)
  if (device === undefined) throw new Failure('INTERNAL', `No loop device is bound to ${image}, although it is mounted at ${path}.`)
  await command('losetup', ['--set-capacity', device])
  await command('xfs_growfs', ['-d', path])
}

/** Whether the file system of an image is what is mounted at a path. */
export async function isMountedAt(image: string, path: string): Promise<boolean> {
  const mount = await mountAt(path)
  if (mount === undefined) return false
  const device = await findLoopDevice(image)
  return device !== undefined && (await deviceNumber(device)) === mount.device
}

/** Every path in this mount namespace at which the file system of an image is mounted. */
export async function mountPaths(image: string): Promise<string[]> {
  const device = await findLoopDevice(image)
  if (device === undefined) return []
  const number = await deviceNumber(device)
  return (await listMounts()).filter((mount) => mount.device === number).map((mount) => mount.path)
}

/** Mounts the file system of an image, made first if the image is blank, and grows it to the size of the image. Safe to repeat. */
export async function mountImage(image: string, path: string, flags: readonly string[]): Promise<void> {
  if (!(await isMountedAt(image, path))) {
    const occupant = await mountAt(path)
    if (occupant !== undefined) throw new Failure('ALREADY_EXISTS', `Device ${occupant.device}, not this volume, is mounted at ${path}.`)
    const bound = await findLoopDevice(image)
    // Something bound is in use, or was in use by a node that died: it has been formatted.
    if (bound === undefined) await ensureFormatted(image)
    await mkdir(path, { recursive: true })
    const device = await bindLoopDevice(image)
    try {
      // Copies of a volume carry its UUID, which xfs would refuse a second time (xfs(5), nouuid).
      await command('mount', ['-t', 'xfs', '-o', ['nouuid', ...flags].join(','), device, path])
    } catch (error) {
      if (bound === undefined) await releaseLoopDevice(image)
      throw error
    }
  }
  await growFileSystem(image, path)
}

async function ensureFormatted(image: string): Promise<void> {
  const content = await imageContent(image)
  if (content === 'unknown') throw new Failure('INTERNAL', `${image} holds something that is not xfs: it is not overwritten.`)
  if (content === 'blank') await formatImage(image)
}

/** Bytes and inodes of the file system mounted at a path, as csi.v1.VolumeUsage. */
export async function usageAt(path: string): Promise<object[]> {
  const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(path)
  return [
    { unit: 'BYTES', total: blocks * bsize, available: bavail * bsize, used: (blocks - bfree) * bsize },
    { unit: 'INODES', total: files, available: ffree, used: files - ffree },
  ]
}
