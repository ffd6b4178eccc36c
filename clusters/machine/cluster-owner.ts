import { readFile, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { livenessOf, ownerText, parseOwner, thisOwner, type Owner } from '../../contract/owner.ts'

/** Who keeps a cluster alive: a running process, or the user who typed `holdfast up`. It is written on every part of the cluster. */
export interface ClusterOwner extends Owner {
  readonly kind: 'run' | 'up'
  readonly createdAt: string
  /** Kept on purpose (`up`, `--retain`): never swept. */
  readonly retained: boolean
}

/** State of a cluster or of a part of it: only what is `dead` is removed without being named. */
export type Standing = 'kept' | 'alive' | 'dead' | 'unknown'

/** Owner mark on a part of a cluster. */
export interface Mark {
  readonly owner: Owner | undefined
  readonly retained: boolean
}

/** Describes this process as the owner of a cluster. */
export function thisProcess(kind: ClusterOwner['kind'], retained: boolean): ClusterOwner {
  return { ...thisOwner(), kind, createdAt: new Date().toISOString(), retained }
}

/** Whether a part is kept on purpose, and else whether the process that made it runs. */
export function standingOf({ owner, retained }: Mark): Standing {
  return retained ? 'kept' : livenessOf(owner)
}

/** The standing of what has several parts: dead only when every one of them is. */
export function standingOfAll(marks: readonly Mark[]): Standing {
  const standings = marks.map(standingOf)
  for (const standing of ['kept', 'alive', 'unknown'] as const) if (standings.includes(standing)) return standing
  return standings.length === 0 ? 'unknown' : 'dead'
}

/** Label of a container or network of ours: its owner. */
const ownerLabel = 'dev.holdfast.owner'
const retainedLabel = 'dev.holdfast.retained'

/** Label that kind gives the containers of nodes: the cluster. */
export const kindLabel = 'io.x-k8s.kind.cluster'

/** Label of a container or network of ours: the cluster that it belongs to. */
export const clusterLabel = 'dev.holdfast.cluster'

/** The labels of what belongs to a cluster. */
export function labelsOf(cluster: string, owner: ClusterOwner): Readonly<Record<string, string>> {
  return { [clusterLabel]: cluster, [ownerLabel]: ownerText(owner), [retainedLabel]: String(owner.retained) }
}

/** Reads the labels of what belongs to a cluster. */
export function markOfLabels(labels: Readonly<Record<string, string>>): Mark {
  return { owner: parseOwner(labels[ownerLabel]), retained: labels[retainedLabel] === 'true' }
}

const ownerInNode = '/var/lib/holdfast/owner'

/** Where a node mounts a directory of its cluster only to name the owner: kind gives the containers of nodes no labels of ours. */
export function mountPointOf(owner: ClusterOwner): string {
  return posix.join(ownerInNode, owner.retained ? 'retained' : 'run', ownerText(owner))
}

/** Reads the owner from where a node mounts what; nobody when no mount point names one. */
export function markOfMounts(mountPoints: readonly string[]): Mark {
  const named = mountPoints.find((path) => path.startsWith(`${ownerInNode}/`))?.slice(ownerInNode.length + 1)
  const [kept, text] = named?.split('/') ?? []
  return { owner: parseOwner(text), retained: kept === 'retained' }
}

/** Writes the owner into the directory of a cluster. */
export async function writeOwner(directory: string, owner: ClusterOwner): Promise<void> {
  await writeFile(join(directory, 'owner.json'), `${JSON.stringify(owner, null, 2)}\n`)
}

/** Reads the owner from the directory of a cluster; undefined when it was never written, cannot be read or is garbage. */
export async function readOwnerIn(directory: string): Promise<ClusterOwner | undefined> {
  try {
    const found = JSON.parse(await readFile(join(directory, 'owner.json'), 'utf8')) as Partial<ClusterOwner>
    const owner = parseOwner(ownerText({ ...nobody, ...found }))
    const { kind = 'run', createdAt = '' } = found
    const retained = found.retained === true
    if (owner === undefined && !retained) return undefined
    return { ...(owner ?? nobody), kind, createdAt, retained }
  } catch {
    return undefined
  }
}

const nobody: Owner = { host: '', boot: '', pidNamespace: '', pid: 0, startTicks: '' }
