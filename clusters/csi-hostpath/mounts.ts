import { readFile } from 'node:fs/promises'
import { command } from './command.ts'

/** One mount of this process's mount namespace, from /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  readonly path: string
  /** `major:minor` of the device. */
  readonly device: string
  readonly options: readonly string[]
}

/** Reads the text of a mountinfo file. */
export function parseMountInfo(text: string): Mount[] {
  const mounts: Mount[] = []
  for (const line of text.split('\n')) {
    const [, , device, , path, options] = line.split(' ')
    if (device === undefined || path === undefined || options === undefined) continue
    const plain = path.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    mounts.push({ path: plain, device, options: options.split(',') })
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

/** Unmounts everything mounted at a path, one above the other or none. */
export async function unmountAll(path: string): Promise<void> {
  const mounts = await listMounts()
  for (const mount of mounts) if (mount.path === path) await command('umount', [path])
}
