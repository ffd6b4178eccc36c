import { readFile, readdir, stat } from 'node:fs/promises'
import { command } from './command.ts'
import { Failure } from './failure.ts'

const attempts = 16

async function ensureNode(name: string): Promise<string> {
  const path = `/dev/${name}`
  const exists = await stat(path).catch(() => undefined)
  // The kernel makes devices for everyone, but a container's /dev holds only those there were when it started.
  if (exists === undefined) await command('mknod', ['-m', '0660', path, 'b', '7', name.slice('loop'.length)])
  return path
}

async function ensureNodes(): Promise<void> {
  const names = await readdir('/sys/block')
  for (const name of names) if (/^loop\d+$/.test(name)) await ensureNode(name)
}

/** The loop device bound to an image file, in whichever container it was bound. */
export async function findLoopDevice(image: string): Promise<string | undefined> {
  await ensureNodes()
  const output = await command('losetup', ['--noheadings', '--output', 'NAME', '--associated', image])
  return output
    .split('\n')
    .find((line) => line !== '')
    ?.trim()
}

/** Binds an image file to a loop device, or finds the one it is bound to. The caller holds the volume's lock. */
export async function bindLoopDevice(image: string): Promise<string> {
  const bound = await findLoopDevice(image)
  if (bound !== undefined) return bound
  let last: unknown
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const free = await command('losetup', ['--find'])
    const device = await ensureNode(free.slice('/dev/'.length))
    try {
      await command('losetup', [device, image])
      return device
    } catch (error) {
      // Between the question and the binding another node may have taken the same device.
      if (!/busy/i.test(String(error))) throw error
      last = error
    }
  }
  throw new Failure('ABORTED', `No loop device could be bound to ${image} in ${attempts} attempts.`, { cause: last })
}

/** Frees the loop device of an image file, if it has one; the kernel waits for the last mount of it to go. */
export async function releaseLoopDevice(image: string): Promise<void> {
  const device = await findLoopDevice(image)
  if (device !== undefined) await command('losetup', ['--detach', device])
}

/** `major:minor` of a loop device, as mountinfo names it. */
export async function deviceNumber(device: string): Promise<string> {
  const text = await readFile(`/sys/block/${device.slice('/dev/'.length)}/dev`, 'utf8')
  return text.trim()
}
