import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeOwner, livenessOf, livenessOfTemporary, parseOwner } from '../contract/owner.ts'
import { standingOfAll } from './cluster-owner.ts'
import { type ClusterPart, clusterParts } from './cluster-parts.ts'
import { askEngine } from './container-engine.ts'
import { deleteCluster } from './delete-cluster.ts'
import { cacheDirectory, clusterDirectory } from './directories.ts'
import { bakePrefix, ownerOfBake } from './images/bake-node.ts'
import { detach, orphanedLoopDevices, releaseBelow } from './loop-devices.ts'
import type { Log } from './log.ts'

/** What a sweep removed, what it left, and what it checked. */
export interface SweepResult {
  readonly removed: readonly string[]
  /** Things that look like ours and whose owner may be alive, each with the command that removes it. They stay. */
  readonly left: readonly string[]
  readonly checked: readonly string[]
}

interface Found {
  readonly removed: readonly string[]
  readonly left: readonly string[]
}

/**
 * Removes what runs left whose process is provably dead: clusters with their containers, networks, loop devices, mounts and directories,
 * containers that bake images, temporary files. What others may still use is named, with the command that removes it.
 */
export async function sweep(options: { readonly log: Log }): Promise<SweepResult> {
  const clusters = await clusterParts()
  const found = [await sweepClusters(clusters), await sweepBakes(), await sweepLoopDevices(), await sweepTemporaries()]
  const removed = found.flatMap((each) => each.removed)
  const left = found.flatMap((each) => each.left)
  for (const line of removed) options.log(`swept ${line}`)
  for (const line of left) options.log(`left ${line}`)
  return {
    removed,
    left,
    checked: [
      `clusters with their containers and networks (${clusters.size} known)`,
      'containers that build node images',
      'loop devices bound to files of volumes',
      'mounts below the clusters’ directories',
      `directories below ${clusterDirectory('.')}`,
      `temporary directories ${join(tmpdir(), 'holdfast-*')}`,
      'unfinished builds and unfinished cluster directories',
    ],
  }
}

async function sweepClusters(clusters: ReadonlyMap<string, readonly ClusterPart[]>): Promise<Found> {
  const removed: string[] = []
  const left: string[] = []
  for (const [name, parts] of clusters) {
    const standing = standingOfAll(parts)
    // Second clusters are deleted with their first.
    if (standing === 'dead' && !removed.includes(`cluster ${name}`)) {
      try {
        removed.push(...(await deleteCluster(name, { log: () => undefined })))
      } catch (error) {
        // Another process may be removing it at this moment; a run that starts needs not wait for that.
        left.push(`cluster ${name}: ${error instanceof Error ? error.message : String(error)} By hand: ./holdfast down ${name}`)
      }
    }
    if (standing === 'unknown') left.push(`cluster ${name}: ${whose(parts)}. If nobody uses it: ./holdfast down ${name}`)
  }
  return { removed, left }
}

function whose(parts: readonly ClusterPart[]): string {
  const unknown = parts.find(({ owner, retained }) => !retained && livenessOf(owner) === 'unknown')
  return `its ${unknown?.kind ?? 'owner'} belongs to ${describeOwner(unknown?.owner)}`
}

async function sweepBakes(): Promise<Found> {
  const found = await askEngine(['ps', '--all', '--filter', `name=^${bakePrefix}`, '--format', '{{.Names}}'])
  const removed: string[] = []
  const left: string[] = []
  for (const name of (found ?? '').split('\n').filter((line) => line !== '')) {
    const owner = parseOwner(ownerOfBake(name))
    const liveness = livenessOf(owner)
    if (liveness === 'unknown')
      left.push(`container ${name}: it belongs to ${describeOwner(owner)}. If nobody uses it: docker rm --force ${name}`)
    if (liveness !== 'dead') continue
    await askEngine(['rm', '--force', '--volumes', name])
    removed.push(`container ${name}`)
  }
  return { removed, left }
}

/** A loop device whose file is deleted names no cluster: it counts as a leftover only when there is no cluster at all. */
async function sweepLoopDevices(): Promise<Found> {
  if ((await clusterParts()).size > 0) return { removed: [], left: [] }
  const loops = await orphanedLoopDevices()
  await detach(loops)
  return { removed: loops.map(({ device }) => `loop device ${device}`), left: [] }
}

/** Files and directories in which a process makes something; their names carry the process. */
async function sweepTemporaries(): Promise<Found> {
  const programs = await readdir(cacheDirectory('programs')).catch(() => [])
  const parents = [tmpdir(), clusterDirectory('.'), ...programs.map((name) => cacheDirectory('programs', name))]
  const removed: string[] = []
  const left: string[] = []
  for (const parent of parents) {
    for (const name of await readdir(parent).catch(() => [])) {
      const path = join(parent, name)
      const liveness = livenessOfTemporary(name.replace(/^\./, ''))
      if (liveness === 'unknown')
        left.push(`${path}: created on another machine or in another PID namespace. If nobody uses it: rm -r ${path}`)
      if (liveness !== 'dead') continue
      // A csi-sanity that was killed leaves what the driver mounted.
      removed.push(...(await releaseBelow(path)))
      await rm(path, { recursive: true, force: true })
      removed.push(`directory ${path}`)
    }
  }
  return { removed, left }
}
