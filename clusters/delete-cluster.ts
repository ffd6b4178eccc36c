import { existsSync } from 'node:fs'
import { clusterParts, whereaboutsOf } from './cluster-parts.ts'
import { removeNodes } from './kind.ts'
import { detach, orphanedLoopDevices } from './loop-devices.ts'
import { removeNetwork } from './network.ts'
import { removeObjectStores } from './object-store.ts'
import type { Say } from './say.ts'
import { openVolumes } from './volumes-on-host.ts'

/** How the names of clusters beside a cluster begin: they write to its object store and go with it. */
export function clustersBeside(name: string): string {
  return `${name}-beside-`
}

/** Removes a cluster whole, and those beside it. Returns what it removed, in words. */
export async function deleteCluster(name: string, options: { readonly say: Say }): Promise<readonly string[]> {
  const beside = [...(await clusterParts()).keys()].filter((each) => each.startsWith(clustersBeside(name)))
  const removed: string[] = []
  for (const each of beside) removed.push(...(await deleteOne(each, options)))
  return [...removed, ...(await deleteOne(name, options))]
}

/**
 * Removes a cluster: its object stores, its containers with their volumes, its network, loop devices and mounts of its volumes, its directory.
 * What is already gone is fine. Returns what it removed, in words. Throws an `EngineError` when the engine refuses.
 */
async function deleteOne(name: string, options: { readonly say: Say }): Promise<readonly string[]> {
  const { directory, image } = await whereaboutsOf(name)
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
  options.say(`removed cluster ${name}`)
  return removed
}
