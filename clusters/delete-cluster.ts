import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { clusterDirectory } from './directories.ts'
import { removeContainers } from './kind.ts'
import { detach, kubeletLoopDevicesOf, orphanedLoopDevices, releaseBelow } from './loop-devices.ts'
import type { Say } from './say.ts'

/**
 * Removes a cluster whole: its containers with their volumes, the network when it was the last cluster, loop devices and mounts of its
 * volumes, its directory. What is already gone is fine. Returns what it removed, in words.
 */
export async function deleteCluster(name: string, options: { readonly say: Say }): Promise<readonly string[]> {
  const directory = clusterDirectory(name)
  const removed = [`cluster ${name}`]
  const above = await kubeletLoopDevicesOf(directory)
  await removeContainers(name)
  await detach(above)
  removed.push(...(await releaseBelow(directory)))
  await detach(await orphanedLoopDevices())
  if (existsSync(directory)) {
    await rm(directory, { recursive: true, force: true })
    removed.push(`directory ${directory}`)
  }
  options.say(`removed cluster ${name}`)
  return removed
}
