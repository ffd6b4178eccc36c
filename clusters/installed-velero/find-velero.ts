import { ApiException, type KubernetesObject, type V1Deployment } from '@kubernetes/client-node'
import { veleroPartOf } from '../../contract/velero-server.ts'
import type { ClusterApi } from '../api.ts'
import { isUnknownKind } from '../existing/served-kinds.ts'
import { statusMessage } from '../existing/status-message.ts'
import { type StorageLocation, veleroApi } from './velero-objects.ts'

/** Where Velero is when nobody says so and this user may not look everywhere. */
export const usualNamespace = 'velero'

/** A Velero that runs in a cluster. */
export interface FoundVelero {
  readonly namespace: string
  /** The Deployment that runs its server. */
  readonly server: V1Deployment
  /** All of its namespace. */
  readonly locations: readonly StorageLocation[]
}

/** The one Velero of a cluster, or in one sentence without a full stop why none is used. */
export type VeleroSought = FoundVelero | WithoutVelero

/** Why none is used. */
export interface WithoutVelero {
  readonly why: string
  /** Whether it is because this user may not look. */
  readonly isForbidden?: true
  /** Whether it is because there are several, of which the user has to name one. */
  readonly isAmbiguous?: true
}

const choose = 'choose one with --velero-namespace'

/**
 * Finds the namespace in which Velero runs: by the Deployment that runs `velero server`, whatever it is called, and by its
 * BackupStorageLocations. Looks in all namespaces, or in the usual one where this user may not; in `namespace` alone when it is given.
 */
export async function findVelero(api: ClusterApi, namespace?: string): Promise<VeleroSought> {
  try {
    const locations = await listed<StorageLocation>(api, { apiVersion: veleroApi, kind: 'BackupStorageLocation' }, namespace)
    const deployments = await listed<V1Deployment>(api, { apiVersion: 'apps/v1', kind: 'Deployment' }, namespace)
    return chosen({
      ...{ namespace, locations: locations.items, servers: deployments.items.filter(runsServer) },
      ...(deployments.onlyIn !== undefined && { onlyIn: deployments.onlyIn }),
    })
  } catch (error) {
    if (isUnknownKind(error)) return { why: 'Velero is not installed: the API server does not serve velero.io' }
    if (!(error instanceof ApiException) || error.code !== 403) throw error
    const where = namespace ?? usualNamespace
    return {
      why: `what Velero has in namespace ${where} cannot be read: ${statusMessage(error)}${namespace === undefined ? hint : ''}`,
      isForbidden: true,
    }
  }
}

const hint = '; --velero-namespace names another namespace'

interface Seen {
  /** The one that was named. */
  readonly namespace: string | undefined
  /** The only one that could be looked into. */
  readonly onlyIn?: string
  readonly locations: readonly StorageLocation[]
  readonly servers: readonly V1Deployment[]
}

/** The Velero to use among all that was seen. */
export function chosen({ namespace, onlyIn, locations, servers }: Seen): VeleroSought {
  const [first] = servers
  const namespaces = namesOf(servers)
  if (namespaces.length > 1) return { why: `Velero runs in the namespaces ${namespaces.join(' and ')}: ${choose}`, isAmbiguous: true }
  if (first !== undefined) {
    const [where = ''] = namespaces
    if (servers.length > 1) return { why: `${servers.length} Deployments of namespace ${where} run "velero server"` }
    return { namespace: where, server: first, locations: locations.filter(({ metadata }) => metadata?.namespace === where) }
  }
  const where = namespace ?? onlyIn
  const scope = where === undefined ? '' : ` in namespace ${where}`
  const others = namesOf(locations)
  const besides = where !== undefined || others.length === 0 ? '' : `; BackupStorageLocations are in ${others.join(' and ')}`
  return { why: `no Deployment${scope} runs "velero server"${besides}${onlyIn === undefined ? '' : hint}` }
}

function namesOf(objects: readonly KubernetesObject[]): readonly string[] {
  return [...new Set(objects.map(({ metadata }) => metadata?.namespace ?? ''))].toSorted()
}

function runsServer({ spec }: V1Deployment): boolean {
  return spec?.template.spec?.containers.some((container) => veleroPartOf(container) === 'server') === true
}

interface Listing<Listed> {
  readonly items: readonly Listed[]
  /** The only namespace that could be looked into. */
  readonly onlyIn?: string
}

/** Objects of a kind in a namespace, or in all; where this user may not list those of all, in the usual one. */
async function listed<Listed extends KubernetesObject>(
  api: ClusterApi,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  namespace: string | undefined,
): Promise<Listing<Listed>> {
  try {
    return { items: (await api.objects.list<Listed>(apiVersion, kind, namespace)).items }
  } catch (error) {
    if (namespace !== undefined || !(error instanceof ApiException) || error.code !== 403) throw error
    return { items: (await api.objects.list<Listed>(apiVersion, kind, usualNamespace)).items, onlyIn: usualNamespace }
  }
}
