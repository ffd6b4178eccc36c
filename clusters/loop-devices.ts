import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { mountsBelow } from './csi-hostpath/node/mounts.ts'
import { volumesInNode } from './directories.ts'

/** One bound loop device. */
export interface LoopDevice {
  readonly device: string
  /** Path of the file behind it as the kernel tells it; inside a node's container it starts with the mount point there. */
  readonly backingFile: string
}

/** All loop devices bound to a file. */
export async function loopDevices(blockDevices = '/sys/block'): Promise<readonly LoopDevice[]> {
  const found: LoopDevice[] = []
  for (const block of await readdir(blockDevices).catch(() => [])) {
    if (!block.startsWith('loop')) continue
    const backingFile = await readFile(join(blockDevices, block, 'loop', 'backing_file'), 'utf8').catch(() => undefined)
    if (backingFile !== undefined) found.push({ device: `/dev/${block}`, backingFile: backingFile.trim() })
  }
  return found
}

/** Loop devices that were bound from this mount namespace to a file below `directory`, also to one that has been deleted since. */
export async function loopDevicesBelow(directory: string): Promise<readonly LoopDevice[]> {
  return (await loopDevices()).filter(({ backingFile }) => backingFile.startsWith(`${directory}/`))
}

async function filesBelow(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.img')).map((entry) => join(entry.parentPath, entry.name))
}

/** Loop devices bound to a file below `directory`, found by inode, so that it does not matter from which container they were bound. */
async function loopDevicesOf(directory: string): Promise<readonly LoopDevice[]> {
  if ((await loopDevices()).length === 0) return []
  const found: LoopDevice[] = []
  for (const file of await filesBelow(directory)) {
    const { stdout } = await execa('losetup', ['--associated', file, '--noheadings', '--output', 'NAME'], { reject: false })
    for (const device of (stdout ?? '').split('\n')) if (device.trim() !== '') found.push({ device: device.trim(), backingFile: file })
  }
  return found
}

/** Where the driver keeps its records of volumes, in the directory of a cluster. */
export const volumeRecords = 'volumes/state/volumes'

/**
 * Loop devices that a kubelet bound to the raw block volumes whose records lie in `directory`, so that nobody else takes their devices.
 * They outlive a node that is removed, and hold the devices below them. Once the node's mounts are gone nothing tells whose they were.
 */
export async function kubeletLoopDevicesOf(directory: string): Promise<readonly LoopDevice[]> {
  const records = join(directory, volumeRecords)
  const texts: string[] = []
  for (const file of await readdir(records).catch(() => [])) {
    if (file.endsWith('.json')) texts.push(await readFile(join(records, file), 'utf8').catch(() => '{}'))
  }
  return await kubeletLoopDevicesShown(texts)
}

/** The same, from the texts of the records. */
export async function kubeletLoopDevicesShown(records: readonly string[]): Promise<readonly LoopDevice[]> {
  const names = records.flatMap((text) => (JSON.parse(text) as { readonly name?: string }).name ?? [])
  const shown = names.map((name) => `/volumeDevices/${name}/`)
  return (await loopDevices()).filter(({ backingFile }) => shown.some((path) => backingFile.includes(path)))
}

/** A deleted volume of ours as the kernel tells it once the node that bound it is gone, and its mounts too. */
const withoutMount = /^\/volumes\/vol-[0-9a-f]{24}\.img \(deleted\)$/

/** Loop devices that a node of ours bound to a file which has been deleted since. */
export async function orphanedLoopDevices(): Promise<readonly LoopDevice[]> {
  const all = await loopDevices()
  const inNode = (path: string) => path.startsWith(`${volumesInNode}/`) && path.endsWith('(deleted)')
  return all.filter(({ backingFile }) => inNode(backingFile) || withoutMount.test(backingFile))
}

/** Detaches loop devices. The kernel frees one as soon as nothing has it mounted. Missing device nodes are created first. */
export async function detach(loops: readonly LoopDevice[]): Promise<void> {
  for (const { device } of loops) {
    const present = await stat(device).catch(() => undefined)
    if (present === undefined) await execa('mknod', [device, 'b', '7', device.slice('/dev/loop'.length)])
    await execa('losetup', ['--detach', device], { reject: false })
  }
}

/**
 * Unmounts everything mounted at and below `directory` and frees the loop devices of the files in it. Returns what it released, in words.
 */
export async function releaseBelow(directory: string): Promise<readonly string[]> {
  // Without /proc, as on macOS, nothing is mounted on this machine itself.
  const mounts = await mountsBelow(directory).catch(() => [])
  for (const mount of mounts) await execa('umount', ['--lazy', mount], { reject: false })
  const loops = await loopDevicesOf(directory)
  await detach(loops)
  return [...mounts.map((mount) => `mount ${mount}`), ...loops.map((loop) => `loop device ${loop.device}`)]
}
