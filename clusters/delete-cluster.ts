import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { execa } from 'execa'
import { clusterDirectory } from './directories.ts'
import { removeContainers } from './kind.ts'
import { detach, loopDevicesOf, mountsBelow, orphanedLoopDevices } from './loop-devices.ts'
import type { Say } from './say.ts'

/**
 * Removes a cluster whole: its containers with their volumes, the network when it was the last cluster, loop devices and mounts of its
 * volumes, its directory. What is already gone is fine. Returns what it removed, in words.
 */
export async function deleteCluster(name: string, options: { readonly say: Say }): Promise<readonly string[]> {
  const directory = clusterDirectory(name)
  const removed = [`cluster ${name}`]
  await removeContainers(name)
  const loops = [...(await loopDevicesOf(directory)), ...(await orphanedLoopDevices())]
  await detach(loops)
  removed.push(...loops.map((loop) => `loop device ${loop.device}`))
  for (const mount of await mountsBelow(directory)) {
    await execa('umount', ['--lazy', mount], { reject: false })
    removed.push(`mount ${mount}`)
  }
  if (existsSync(directory)) {
    await rm(directory, { recursive: true, force: true })
    removed.push(`directory ${directory}`)
  }
  options.say(`removed cluster ${name}`)
  return removed
}
