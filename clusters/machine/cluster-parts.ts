import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { livenessOf, ownerText, thisOwner } from '../../contract/owner.ts'
import { type ClusterOwner, clusterLabel, kindLabel, type Mark, markOfLabels, markOfMounts, readOwnerIn } from './cluster-owner.ts'
import { askEngine, inspect } from './container-engine.ts'
import { clusterDirectory, volumesInNode } from '../directories.ts'

/** One thing that belongs to a cluster, with what it says of its owner. */
export interface ClusterPart extends Mark {
  readonly cluster: string
  readonly kind: 'node' | 'object store' | 'network' | 'directory'
  /** Name of the container or network, or path of the directory. */
  readonly name: string
}

/** A node or object store as the engine describes it. */
interface Container {
  readonly Name: string
  readonly Config: { readonly Labels: Readonly<Record<string, string>> | null; readonly Image: string }
  readonly Mounts: readonly { readonly Source?: string; readonly Destination: string }[]
}

interface Network {
  readonly Name: string
  readonly Labels: Readonly<Record<string, string>> | null
}

/** Every part of every cluster of this engine and of this user's state directory, by the name of the cluster. */
export async function clusterParts(): Promise<ReadonlyMap<string, readonly ClusterPart[]>> {
  const parts = (await Promise.all([containers(), networks(), directories()])).flat()
  return new Map([...Map.groupBy(parts, ({ cluster }) => cluster)].toSorted(([one], [other]) => one.localeCompare(other)))
}

/** Label by which older versions marked object stores. */
const olderStoreLabel = 'dev.holdfast.object-store'

async function containers(): Promise<readonly ClusterPart[]> {
  const labels = [kindLabel, clusterLabel, olderStoreLabel]
  const found = await Promise.all(labels.map(async (label) => askEngine(['ps', '--all', '--quiet', '--filter', `label=${label}`])))
  const ids = [...new Set(found.flatMap((lines) => (lines ?? '').split('\n')).filter((id) => id !== ''))]
  return (await inspect<Container>('container', ids)).flatMap((container): readonly ClusterPart[] => {
    const { [kindLabel]: nodeOf, [clusterLabel]: cluster, [olderStoreLabel]: storeOf } = container.Config.Labels ?? {}
    const name = container.Name.replace(/^\//, '')
    const mounts = container.Mounts.map(({ Destination }) => Destination)
    if (nodeOf?.startsWith(clusterPrefix)) return [{ cluster: nodeOf, kind: 'node', name, ...markOfMounts(mounts) }]
    const ofStore = cluster ?? storeOf
    return ofStore === undefined ? [] : [{ cluster: ofStore, kind: 'object store', name, ...markOfLabels(container.Config.Labels ?? {}) }]
  })
}

async function networks(): Promise<readonly ClusterPart[]> {
  const names = await askEngine(['network', 'ls', '--filter', `label=${clusterLabel}`, '--format', '{{.Name}}'])
  const found = await inspect<Network>(
    'network',
    (names ?? '').split('\n').filter((name) => name !== ''),
  )
  return found.map(({ Name, Labels }) => ({
    cluster: Labels?.[clusterLabel] ?? '',
    kind: 'network',
    name: Name,
    ...markOfLabels(Labels ?? {}),
  }))
}

const clusterPrefix = 'holdfast-'

async function directories(): Promise<readonly ClusterPart[]> {
  const names = (await readdir(clusterDirectory('.')).catch(() => [])).filter((name) => name.startsWith(clusterPrefix))
  return Promise.all(
    names.map(async (name) => {
      const owner = await readOwnerIn(clusterDirectory(name))
      return { cluster: name, kind: 'directory', name: clusterDirectory(name), owner, retained: owner?.retained === true } as const
    }),
  )
}

/** Whether a process other than this one may be making a cluster: its network is there, and no node yet. */
export async function clusterBeingMade(): Promise<boolean> {
  const own = ownerText(thisOwner())
  return [...(await clusterParts()).values()].some((parts) => {
    const network = parts.find(({ kind }) => kind === 'network')
    if (network === undefined || parts.some(({ kind }) => kind === 'node')) return false
    return network.owner === undefined || (ownerText(network.owner) !== own && livenessOf(network.owner) !== 'dead')
  })
}

/** The nodes of a cluster as the engine describes them. */
async function nodesOf(cluster: string): Promise<readonly Container[]> {
  const ids = (await askEngine(['ps', '--all', '--quiet', '--filter', `label=${kindLabel}=${cluster}`])) ?? ''
  return await inspect<Container>(
    'container',
    ids.split('\n').filter((id) => id !== ''),
  )
}

/** Where a cluster keeps its state, read before its nodes are removed. */
export interface ClusterLocation {
  /**
   * The directory of the cluster. It is below another state directory when the cluster was made with one, and is named only when its owner
   * says so.
   */
  readonly directory: string
  /** Image of the nodes; undefined when there are none. */
  readonly image: string | undefined
}

/** Where the state of a cluster is kept, and what its nodes are made from. */
export async function locationOf(cluster: string): Promise<ClusterLocation> {
  const [node] = await nodesOf(cluster)
  const here = clusterDirectory(cluster)
  const image = node?.Config.Image
  const volumes = node?.Mounts.find(({ Destination }) => Destination === volumesInNode)?.Source
  if (node === undefined || volumes === undefined || dirname(volumes) === here) return { directory: here, image }
  const elsewhere = await readOwnerIn(dirname(volumes))
  const mark = markOfMounts(node.Mounts.map(({ Destination }) => Destination))
  const isSame = elsewhere !== undefined && mark.owner !== undefined && ownerText(mark.owner) === ownerText(elsewhere)
  return { directory: isSame ? dirname(volumes) : here, image }
}

/** Reads the owner of a cluster from its directory; undefined when it names none. */
export async function ownerOf(cluster: string): Promise<ClusterOwner | undefined> {
  return readOwnerIn((await locationOf(cluster)).directory)
}
