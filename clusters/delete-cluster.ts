import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { clusterDirectory } from './directories.ts'
import { kindClusters, removeContainers } from './kind.ts'
import { detach, kubeletLoopDevicesOf, orphanedLoopDevices, releaseBelow } from './loop-devices.ts'
import { removeObjectStores } from './object-store.ts'
import type { Say } from './say.ts'

/** How the names of clusters beside a cluster begin: they write to its object store and go with it. */
export function clustersBeside(name: string): string {
  return `${name}-beside-`
}

/** Removes a cluster whole, and those beside it. Returns what it removed, in words. */
export async function deleteCluster(name: string, options: { readonly say: Say }): Promise<readonly string[]> {
  const directories = await readdir(clusterDirectory('.')).catch(() => [])
  const known = new Set([...directories, ...(await kindClusters().catch(() => []))])
  const removed: string[] = []
  for (const beside of known) if (beside.startsWith(clustersBeside(name))) removed.push(...(await deleteOne(beside, options)))
  return [...removed, ...(await deleteOne(name, options))]
}

/**
 * Removes a cluster: its object stores, its containers with their volumes, the network when it was the last cluster, loop devices and mounts of its
 * volumes, its directory. What is already gone is fine. Returns what it removed, in words.
 */
async function deleteOne(name: string, options: { readonly say: Say }): Promise<readonly string[]> {
  const directory = clusterDirectory(name)
  const removed = [`cluster ${name}`]
  removed.push(...(await removeObjectStores(name)))
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
