import { mkdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { command } from '../command.ts'
import { Failure } from '../failure.ts'
import type { Access } from '../storage/data-directory.ts'
import { ensureFormatted, growOffline, growOnline, mountOptions, type FileSystemType } from '../storage/file-system.ts'
import { bindLoopDevice, deviceNumber, findLoopDevice, refreshSize, releaseLoopDevice } from '../storage/loop-device.ts'
import { listMounts, mountAt, unmountAll, type Mount } from './mounts.ts'

/** Whether a mount shows the file system on a loop device, or the device itself. */
async function shows(mount: Mount, device: string): Promise<boolean> {
  return mount.device === (await deviceNumber(device)) || mount.root === `/${basename(device)}`
}

/** Whether the volume of an image is what is mounted at a path. */
export async function isMountedAt(image: string, path: string): Promise<boolean> {
  const mount = await mountAt(path)
  const device = mount === undefined ? undefined : await findLoopDevice(image)
  return mount !== undefined && device !== undefined && (await shows(mount, device))
}

/** Every path in this mount namespace at which the volume of an image is mounted. */
export async function mountPaths(image: string): Promise<string[]> {
  const device = await findLoopDevice(image)
  if (device === undefined) return []
  const number = await deviceNumber(device)
  const root = `/${basename(device)}`
  return (await listMounts()).filter((mount) => mount.device === number || mount.root === root).map((mount) => mount.path)
}

/** Refuses to mount over something else. */
export async function refuseOccupied(path: string): Promise<void> {
  const occupant = await mountAt(path)
  if (occupant !== undefined) throw new Failure('ALREADY_EXISTS', `Device ${occupant.device}, not this volume, is mounted at ${path}.`)
}

/**
 * Mounts the file system of an image, made first if the image is blank, and grows it to the size of the image. Where it `collides`, it is
 * not mounted beside one of the same UUID. Safe to repeat.
 */
export async function mountImage(
  image: string,
  options: { readonly path: string; readonly fsType: FileSystemType; readonly flags: readonly string[]; readonly collides?: boolean },
): Promise<void> {
  const { path, fsType, flags, collides = false } = options
  if (!(await isMountedAt(image, path))) {
    await refuseOccupied(path)
    const bound = await findLoopDevice(image)
    if (bound === undefined) {
      // Something bound is in use, or was in use by a node that died: it has been formatted.
      await ensureFormatted(image, fsType)
      await growOffline(image, fsType)
    }
    await mkdir(path, { recursive: true })
    const device = await bindLoopDevice(image)
    try {
      await command('mount', ['-t', fsType, '-o', ['rw', ...(collides ? [] : mountOptions(fsType)), ...flags].join(','), device, path])
    } catch (error) {
      if (bound === undefined) await releaseLoopDevice(image)
      throw error
    }
    await refuseForeignMount(image, path)
  }
  if (flags.includes('ro')) return
  // What another node has mounted cannot be grown offline, and where it cannot be grown online either it stays as it is.
  await growVolume(image, { type: 'mount', fsType }, path).catch((error: unknown) => {
    if (!(error instanceof Failure) || error.code !== 'FAILED_PRECONDITION') throw error
  })
}

/**
 * A device that was bound to the image when it was looked up may have been freed and bound to another image before the mount: its last
 * user can be a mount namespace that is only just going away.
 */
async function refuseForeignMount(image: string, path: string): Promise<void> {
  if (await isMountedAt(image, path)) return
  await unmountAll(path)
  throw new Failure('ABORTED', `The loop device of ${image} went away while it was being mounted at ${path}: try again.`)
}

/** Grows what is mounted at a path to the size of its image: the device, and the file system on it. */
export async function growVolume(image: string, access: Access, path: string): Promise<void> {
  const device = await findLoopDevice(image)
  if (device === undefined) throw new Failure('INTERNAL', `No loop device is bound to ${image}, although it is in use at ${path}.`)
  await refreshSize(device)
  if (access.type === 'mount') await growOnline(access.fsType, { device, path })
}
