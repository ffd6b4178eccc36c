import { readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { deleteCluster } from './delete-cluster.ts'
import { cacheDirectory, clusterDirectory } from './directories.ts'
import { bakePrefix } from './images/bake-node.ts'
import { kindClusters, networkName, removeNetworkIfUnused } from './kind.ts'
import { detach, orphanedLoopDevices, releaseBelow } from './loop-devices.ts'
import { removeOrphanedObjectStores } from './object-store.ts'
import { isAlive, readOwner } from './owner.ts'
import type { Say } from './say.ts'

/** What a sweep found and what it looked for. */
export interface SweepResult {
  readonly removed: readonly string[]
  readonly checked: readonly string[]
}

/** Names of the clusters on this machine: those with a directory and those with containers. */
export async function knownClusters(): Promise<readonly string[]> {
  const directories = await readdir(clusterDirectory('.')).catch(() => [])
  return [...new Set([...directories.filter((name) => name.startsWith('holdfast-')), ...(await kindClusters().catch(() => []))])].toSorted()
}

/** Removes what dead runs left: clusters whose owner is gone, containers, the network, loop devices, mounts, directories, temporary files. */
export async function sweep(options: { readonly say: Say }): Promise<SweepResult> {
  const removed: string[] = []
  const clusters = await knownClusters()
  for (const name of clusters) {
    const owner = await readOwner(name)
    if (owner !== undefined && isAlive(owner)) continue
    removed.push(...(await deleteCluster(name, { say: () => undefined })))
  }
  removed.push(...(await removeOrphanedObjectStores(await knownClusters())))
  removed.push(...(await removeBakeContainers()))
  const loops = (await knownClusters()).length === 0 ? await orphanedLoopDevices() : []
  await detach(loops)
  removed.push(...loops.map((loop) => `loop device ${loop.device}`))
  if (await removeNetworkIfUnused()) removed.push(`network ${networkName}`)
  removed.push(...(await removeUnfinished()))
  for (const line of removed) options.say(`swept ${line}`)
  return {
    removed,
    checked: [
      `clusters and their containers (${clusters.length} known)`,
      'object stores of clusters that are gone',
      'containers that bake node images',
      `network ${networkName}`,
      'loop devices bound to files of volumes',
      'mounts below the clusters’ directories',
      `directories below ${clusterDirectory('.')}`,
      `temporary directories ${join(tmpdir(), 'holdfast-*')}`,
      'half-built programs and half-made cluster directories',
    ],
  }
}

async function removeBakeContainers(): Promise<readonly string[]> {
  const found = await execa('docker', ['ps', '--all', '--filter', `name=^${bakePrefix}`, '--format', '{{.Names}}'], { reject: false })
  const removed: string[] = []
  for (const name of (found.stdout ?? '').split('\n').filter((line) => line !== '')) {
    if (await processRuns(name.slice(bakePrefix.length).split('-')[0])) continue
    await execa('docker', ['rm', '--force', '--volumes', name], { reject: false })
    removed.push(`container ${name}`)
  }
  return removed
}

async function processRuns(pid: string | undefined): Promise<boolean> {
  return pid !== undefined && pid !== '' && (await stat(`/proc/${pid}`).catch(() => undefined)) !== undefined
}

/** Directories in which dead processes were making something; their names carry the number of the process. */
async function removeUnfinished(): Promise<readonly string[]> {
  const programs = await readdir(cacheDirectory('programs')).catch(() => [])
  const places = [
    { parent: tmpdir(), pattern: /^holdfast-[a-z]+-(\d+)-/ },
    { parent: clusterDirectory('.'), pattern: /^\.preparing-(\d+)-/ },
    ...programs.map((name) => ({ parent: cacheDirectory('programs', name), pattern: /^\.building-(\d+)-/ })),
  ]
  const removed: string[] = []
  for (const { parent, pattern } of places) {
    for (const name of await readdir(parent).catch(() => [])) {
      const pid = pattern.exec(name)?.[1]
      if (pid === undefined || (await processRuns(pid))) continue
      const directory = join(parent, name)
      // A killed csi-sanity leaves what the driver mounted.
      removed.push(...(await releaseBelow(directory)))
      await rm(directory, { recursive: true, force: true })
      removed.push(`directory ${directory}`)
    }
  }
  return removed
}
