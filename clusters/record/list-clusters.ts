import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { standingOfAll, readOwnerIn, type Standing } from '../machine/cluster-owner.ts'
import { clusterParts, locationOf } from '../machine/cluster-parts.ts'
import { clusterDirectory } from '../directories.ts'
import { engineAnswers } from '../machine/engine.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { SetupError } from '../setup-error.ts'
import { ownCommand } from '../../contract/distribution.ts'

/** One line of `holdfast list`. */
export interface ClusterSummary {
  readonly name: string
  readonly createdAt: string
  /** `dead` for what the next sweep removes. */
  readonly standing: Standing
  /** Whether its directory is in this user's state directory, so that it was made here. */
  readonly isHere: boolean
  /** Undefined when no container engine answers. */
  readonly nodes: number | undefined
  readonly path: string
}

/** Every cluster of this engine and of this user's state directory. */
export async function listClusters(): Promise<readonly ClusterSummary[]> {
  const hasEngine = await engineAnswers()
  return await Promise.all(
    [...(await clusterParts())].map(async ([name, parts]) => {
      const { directory } = await locationOf(name)
      return {
        name,
        createdAt: (await readOwnerIn(directory))?.createdAt ?? '',
        standing: standingOfAll(parts),
        isHere: parts.some(({ kind }) => kind === 'directory'),
        nodes: hasEngine ? parts.filter(({ kind }) => kind === 'node').length : undefined,
        path: directory,
      }
    }),
  )
}

/** Reads `cluster.json` of a cluster by name, or the file itself by path. */
export async function readClusterRecord(nameOrPath: string): Promise<ClusterRecord> {
  const path = nameOrPath.includes('/') ? nameOrPath : clusterDirectory(nameOrPath, 'cluster.json')
  if (!existsSync(path)) {
    const known = [...(await clusterParts()).keys()].join(', ')
    throw new SetupError(`There is no cluster ${nameOrPath}.`, {
      fix: known === '' ? `Create one: ${ownCommand} up` : `Known clusters: ${known}`,
    })
  }
  return withBindingMode(JSON.parse(await readFile(path, 'utf8')) as ClusterRecord)
}

/** A cluster that was kept before the binding mode was recorded has a class of ours, which binds at once. */
function withBindingMode(record: ClusterRecord): ClusterRecord {
  if (record.bindingMode !== undefined) return record
  return { ...record, bindingMode: 'Immediate', features: [...record.features, 'ImmediateBinding'] }
}
