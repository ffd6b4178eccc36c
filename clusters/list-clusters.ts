import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { clusterDirectory } from './directories.ts'
import { nodeContainers } from './kind.ts'
import { isAlive, readOwner } from './owner.ts'
import type { ClusterRecord } from '../contract/cluster-record.ts'
import { SetupError } from './setup-error.ts'
import { knownClusters } from './sweep.ts'

/** One line of `holdfast list`. */
export interface ClusterSummary {
  readonly name: string
  readonly createdAt: string
  /** `up` for one made by hand, `run` for one of a run, `unknown` when nothing says so. */
  readonly owner: 'up' | 'run' | 'unknown'
  /** False for what the next sweep removes. */
  readonly alive: boolean
  /** Undefined when no container engine answers. */
  readonly nodes: number | undefined
  readonly path: string
}

/** Every cluster of ours on this machine. */
export async function listClusters(): Promise<readonly ClusterSummary[]> {
  return await Promise.all(
    (await knownClusters()).map(async (name) => {
      const owner = await readOwner(name)
      return {
        name,
        createdAt: owner?.createdAt ?? '',
        owner: owner?.kind ?? ('unknown' as const),
        alive: owner !== undefined && isAlive(owner),
        nodes: (await nodeContainers(name).catch(() => undefined))?.length,
        path: clusterDirectory(name),
      }
    }),
  )
}

/** Reads `cluster.json` of a cluster by name, or the file itself by path. */
export async function readClusterRecord(nameOrPath: string): Promise<ClusterRecord> {
  const path = nameOrPath.includes('/') ? nameOrPath : clusterDirectory(nameOrPath, 'cluster.json')
  if (!existsSync(path)) {
    const known = (await knownClusters()).join(', ')
    throw new SetupError(`There is no cluster ${nameOrPath}.`, {
      fix: known === '' ? 'Make one: ./holdfast up' : `Known clusters: ${known}`,
    })
  }
  return withBindingMode(JSON.parse(await readFile(path, 'utf8')) as ClusterRecord)
}

/** A cluster that was kept before the binding mode was recorded has a class of ours, which binds at once. */
function withBindingMode(record: ClusterRecord): ClusterRecord {
  if (record.bindingMode !== undefined) return record
  return { ...record, bindingMode: 'Immediate', features: [...record.features, 'ImmediateBinding'] }
}
