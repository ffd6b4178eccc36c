import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeOwner, livenessOf, parseOwner } from '../../contract/owner.ts'
import { standingOfAll } from '../machine/cluster-owner.ts'
import { type ClusterPart, clusterParts } from '../machine/cluster-parts.ts'
import { askEngine } from '../machine/container-engine.ts'
import { deleteCluster } from '../delete-cluster.ts'
import { clusterDirectory } from '../directories.ts'
import { bakePrefix, ownerOfBake } from '../images/bake-node.ts'
import { detach, orphanedLoopDevices } from '../loop-devices.ts'
import type { Log } from '../log.ts'
import { type Swept, sweepTemporaries } from './sweep-temporaries.ts'
import { ownCommand } from '../../contract/distribution.ts'

/** What a sweep removed, what it left, and what it checked. */
export interface SweepResult extends Swept {
  readonly checked: readonly string[]
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

async function sweepClusters(clusters: ReadonlyMap<string, readonly ClusterPart[]>): Promise<Swept> {
  const removed: string[] = []
  const left: string[] = []
  const deleted = new Set<string>()
  for (const [name, parts] of clusters) {
    const standing = standingOfAll(parts)
    // Second clusters are deleted with their first.
    if (standing === 'dead' && !deleted.has(name)) {
      try {
        const gone = await deleteCluster(name, { log: () => undefined })
        removed.push(...gone.removed)
        for (const each of gone.clusters) deleted.add(each)
      } catch (error) {
        // Another process may be removing it at this moment; a run that starts needs not wait for that.
        left.push(`cluster ${name}: ${error instanceof Error ? error.message : String(error)} By hand: ${ownCommand} down ${name}`)
      }
    }
    if (standing === 'unknown') left.push(`cluster ${name}: ${whose(parts)}. If nobody uses it: ${ownCommand} down ${name}`)
  }
  return { removed, left }
}

function whose(parts: readonly ClusterPart[]): string {
  const unknown = parts.find(({ owner, retained }) => !retained && livenessOf(owner) === 'unknown')
  return `its ${unknown?.kind ?? 'owner'} belongs to ${describeOwner(unknown?.owner)}`
}

async function sweepBakes(): Promise<Swept> {
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
async function sweepLoopDevices(): Promise<Swept> {
  if ((await clusterParts()).size > 0) return { removed: [], left: [] }
  const loops = await orphanedLoopDevices()
  await detach(loops)
  return { removed: loops.map(({ device }) => `loop device ${device}`), left: [] }
}
