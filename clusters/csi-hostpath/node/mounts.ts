import { readFile, rm, rmdir } from 'node:fs/promises'
import { command } from '../command.ts'

/** One mount of this process's mount namespace, from /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  readonly path: string
  /** `major:minor` of the device. */
  readonly device: string
  /** Path within the mounted file system; of a device node, its path below /dev. */
  readonly root: string
  readonly options: readonly string[]
}

/** Reads the text of a mountinfo file. */
export function parseMountInfo(text: string): Mount[] {
  const mounts: Mount[] = []
  const plain = (field: string) => field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
  for (const line of text.split('\n')) {
    const [, , device, root, path, options] = line.split(' ')
    if (device === undefined || root === undefined || path === undefined || options === undefined) continue
    mounts.push({ path: plain(path), device, root: plain(root), options: options.split(',') })
  }
  return mounts
}

/** Every mount, oldest first. */
export async function listMounts(): Promise<Mount[]> {
  return parseMountInfo(await readFile('/proc/self/mountinfo', 'utf8'))
}

/** The uppermost mount at a path, if there is one. */
export async function mountAt(path: string): Promise<Mount | undefined> {
  const mounts = await listMounts()
  return mounts.findLast((mount) => mount.path === path)
}

/** Paths at and below a directory at which something is mounted, the newest first: in the order in which they can be unmounted. */
export async function mountsBelow(directory: string): Promise<string[]> {
  const mounts = await listMounts()
  return mounts
    .map((mount) => mount.path)
    .filter((path) => path === directory || path.startsWith(`${directory}/`))
    .toReversed()
}

/** Unmounts everything mounted at a path, one above the other or none. */
export async function unmountAll(path: string): Promise<void> {
  const mounts = await listMounts()
  for (const mount of mounts) if (mount.path === path) await command('umount', [path])
}

/** Removes an empty directory, or the file a device was shown at. */
export async function removeTarget(target: string): Promise<void> {
  await rmdir(target).catch(async (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOTDIR') return await rm(target)
    if (code !== 'ENOENT') throw error
  })
}
