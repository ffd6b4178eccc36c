import { existsSync } from 'node:fs'
import { clusterParts, locationOf } from './machine/cluster-parts.ts'
import { removeNodes } from './kind/kind.ts'
import { detach, orphanedLoopDevices } from './loop-devices.ts'
import { removeNetwork } from './machine/network.ts'
import { removeObjectStores } from './object-store.ts'
import type { Log } from './log.ts'
import { openVolumes } from './sweep/volumes-on-host.ts'

/** Name prefix of the second clusters of a cluster: they write to its object store and are deleted with it. */
export function secondClusterPrefix(name: string): string {
  return `${name}-beside-`
}

/** What was deleted with a cluster. */
export interface Deleted {
  /** Names of the clusters: its second clusters, then itself. */
  readonly clusters: readonly string[]
  /** One line for each thing removed. */
  readonly removed: readonly string[]
}

/** Deletes a cluster and its second clusters with all that belongs to them. */
export async function deleteCluster(name: string, options: { readonly log: Log }): Promise<Deleted> {
  const secondClusters = [...(await clusterParts()).keys()].filter((each) => each.startsWith(secondClusterPrefix(name)))
  const clusters = [...secondClusters, name]
  const removed: string[] = []
  for (const each of clusters) removed.push(...(await deleteOne(each, options)))
  return { clusters, removed }
}

/**
 * Removes a cluster: its object stores, its containers with their volumes, its network, loop devices and mounts of its volumes, its
 * directory. What is already gone is fine. Returns what it removed, in words. Throws an `EngineError` when the engine refuses.
 */
async function deleteOne(name: string, options: { readonly log: Log }): Promise<readonly string[]> {
  const { directory, image } = await locationOf(name)
  const removed = [`cluster ${name}`]
  removed.push(...(await removeObjectStores(name)))
  const volumes = await openVolumes({ directory, image })
  await removeNodes(name)
  removed.push(...(await volumes.release()))
  if (existsSync(directory)) {
    await volumes.removeDirectory()
    removed.push(`directory ${directory}`)
  }
  await removeNetwork(name)
  // Which of several clusters a device belonged to whose file is gone, nothing tells.
  if ((await clusterParts()).size === 0) await detach(await orphanedLoopDevices())
  options.log(`removed cluster ${name}`)
  return removed
}
