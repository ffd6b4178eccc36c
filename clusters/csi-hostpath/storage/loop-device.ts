import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { command } from '../command.ts'
import { Failure } from '../failure.ts'

const attempts = 16

/** Device nodes that exist from the start, also for the programs of a container that make none themselves, such as kubelet. */
const preparedNodes = 256

async function ensureNode(name: string): Promise<string> {
  const path = `/dev/${name}`
  const exists = await stat(path).catch(() => undefined)
  // The kernel makes devices for everyone, but a container's /dev holds only those there were when it started.
  if (exists === undefined) {
    await command('mknod', ['-m', '0660', path, 'b', '7', name.slice('loop'.length)]).catch(async (error: unknown) => {
      if ((await stat(path).catch(() => undefined)) === undefined) throw error
    })
  }
  return path
}

/** Makes the device nodes of loop devices to come. kubelet binds one of its own to each block volume, and makes no nodes. */
export async function prepareLoopDeviceNodes(): Promise<void> {
  const present = new Set(await readdir('/dev'))
  const missing = Array.from({ length: preparedNodes }, (_, number) => number).filter((number) => !present.has(`loop${number}`))
  if (missing.length > 0) {
    const script = 'for number in "$@"; do mknod -m 0660 "/dev/loop$number" b 7 "$number" || test -b "/dev/loop$number"; done'
    await command('sh', ['-euc', script, 'sh', ...missing.map(String)])
  }
}

async function ensureNodes(): Promise<void> {
  const names = await readdir('/sys/block')
  for (const name of names) if (/^loop\d+$/.test(name)) await ensureNode(name)
}

/** The loop device bound to an image file, in whichever container it was bound. */
export async function findLoopDevice(image: string): Promise<string | undefined> {
  await ensureNodes()
  if ((await stat(image).catch(() => undefined)) === undefined) return await findDeviceOfLostImage(image)
  const output = await command('losetup', ['--noheadings', '--output', 'NAME', '--associated', image])
  return output
    .split('\n')
    .find((line) => line !== '')
    ?.trim()
}

/** Ids are in the names of images, so the name alone tells which device belongs to an image that somebody removed. */
async function findDeviceOfLostImage(image: string): Promise<string | undefined> {
  for (const name of await readdir('/sys/block')) {
    const file = await readFile(`/sys/block/${name}/loop/backing_file`, 'utf8').catch(() => '')
    if (file.trim().endsWith(`/${basename(image)} (deleted)`)) return `/dev/${name}`
  }
  return undefined
}

/** Binds an image file to a loop device, or finds the one it is bound to. The caller holds the volume's lock. */
export async function bindLoopDevice(image: string, options: { readonly readonly?: boolean } = {}): Promise<string> {
  const bound = await findLoopDevice(image)
  if (bound !== undefined) return bound
  const flags = options.readonly === true ? ['--read-only'] : []
  let last: unknown
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const free = await command('losetup', ['--find'])
    const device = await ensureNode(free.slice('/dev/'.length))
    try {
      await command('losetup', [...flags, device, image])
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

/** Tells a loop device that its image file has grown. */
export async function refreshSize(device: string): Promise<void> {
  await command('losetup', ['--set-capacity', device])
}

/** `major:minor` of a loop device, as mountinfo names it. */
export async function deviceNumber(device: string): Promise<string> {
  const text = await readFile(`/sys/block/${basename(device)}/dev`, 'utf8')
  return text.trim()
}

/** Sets how far ahead, in KiB, the kernel reads from a device. */
export async function setReadAhead(device: string, kibibytes: number): Promise<void> {
  await writeFile(`/sys/block/${basename(device)}/queue/read_ahead_kb`, String(kibibytes))
}

/**
 * What a device has written so far and is still writing; two equal answers with nothing in flight mean that nothing was written between.
 */
export async function writesOf(device: string): Promise<{ readonly written: string; readonly inFlight: number }> {
  const text = await readFile(`/sys/block/${basename(device)}/stat`, 'utf8')
  const fields = text.trim().split(/\s+/)
  return { written: `${fields[4]} ${fields[6]}`, inFlight: Number(fields[8]) }
}
