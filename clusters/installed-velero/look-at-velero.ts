import { ApiException, type KubernetesObject, type V1Node, type V1Pod } from '@kubernetes/client-node'
import type { VeleroRecord } from '../../contract/cluster-record.ts'
import type { ClusterApi } from '../api.ts'
import type { FoundSnapshotClass } from '../existing/classes.ts'
import { type ClusterPlace, openCluster } from '../existing/open-cluster.ts'
import { isUnknownKind, listIfServed } from '../existing/served-kinds.ts'
import { statusMessage } from '../existing/status-message.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { askServer } from './ask-server.ts'
import { findVelero, usualNamespace, type VeleroSought, type WithoutVelero } from './find-velero.ts'
import { judgedVelero, type JudgedVelero, withoutVelero } from './judge-velero.ts'
import { type SnapshotLocation, veleroApi } from './velero-objects.ts'
import { ownCommand } from '../../contract/distribution.ts'

/**
 * Looks for the Velero of a cluster that Holdfast did not create, and at what it can be used for. Changes nothing of it. Throws a
 * `SetupError` where none is in the namespace that was named, and where one has to be named.
 */
export async function lookAtVelero(
  api: ClusterApi,
  options: {
    /** Where it is; it is looked for when absent. */
    readonly namespace?: string | undefined
    readonly snapshotClass: FoundSnapshotClass
    /** Nodes that take Pods of suites. */
    readonly nodes: readonly V1Node[]
    /** Whether its server is asked for its version: that makes an object, and removes it again. */
    readonly asks: boolean
    /** Whether a guarantee that was selected needs Velero: then the user is asked which one, where there are several. */
    readonly isNeeded: boolean
    /** Command that prints the roles which let a user look there. */
    readonly grant: string
    readonly log: Log
    readonly signal?: AbortSignal | undefined
  },
): Promise<JudgedVelero> {
  const { snapshotClass, nodes, asks, grant, log, signal } = options
  const found = await sought(api, options.namespace, grant)
  if ('why' in found && found.isAmbiguous && options.isNeeded)
    throw new SetupError(`${found.why}.`, { fix: 'Or leave out what needs it with --undeclare Velero.' })
  if ('why' in found) return withoutVelero(found.why)
  const { namespace } = found
  try {
    const [pods, snapshotLocations, snapshotClasses] = await Promise.all([
      api.objects.list<V1Pod>('v1', 'Pod', namespace),
      api.objects.list<SnapshotLocation>(veleroApi, 'VolumeSnapshotLocation', namespace),
      listIfServed<KubernetesObject>(api, 'snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass'),
    ])
    return judgedVelero({
      ...{ ...found, pods: pods.items, snapshotLocations: snapshotLocations.items, snapshotClasses: snapshotClasses ?? [] },
      ...{ nodes, snapshotClass, answer: asks ? await askServer(api, { namespace, log, signal }) : undefined },
    })
  } catch (error) {
    if (!isUnknownKind(error) && !(error instanceof ApiException && error.code === 403)) throw error
    const said = error instanceof ApiException ? statusMessage(error) : String(error)
    const why = `Velero runs in namespace ${namespace}, but what it has there cannot be read: ${said}`
    if (options.namespace === undefined) return withoutVelero(why)
    throw notUsable({ why, ...(error instanceof ApiException && { isForbidden: true }) }, grant)
  }
}

/** What was found of Velero. Throws a `SetupError` where a namespace was named and none is in it. */
async function sought(api: ClusterApi, namespace: string | undefined, grant: string): Promise<VeleroSought> {
  const found = await findVelero(api, namespace)
  if (namespace === undefined || !('why' in found)) return found
  throw notUsable(found, grant)
}

function notUsable({ why, isForbidden }: WithoutVelero, grant: string): SetupError {
  return new SetupError(`There is no Velero to use in the namespace that --velero-namespace names: ${why}.`, {
    fix: isForbidden
      ? `Have an administrator of the cluster apply what "${grant}" prints, or name another namespace.`
      : 'Name the namespace in which "velero server" runs, or leave out the flag.',
  })
}

/**
 * As much of the Velero of a cluster as is needed to remove what suites asked it for; undefined where none is found. Throws a `SetupError`
 * where none is in the namespace that was named.
 */
export async function veleroElsewhere(place: ClusterPlace, namespace: string | undefined): Promise<VeleroRecord | undefined> {
  const { api } = await openCluster(place)
  const found = await sought(api, namespace, `${ownCommand} rbac velero --velero-namespace ${namespace ?? usualNamespace}`)
  if ('why' in found) return undefined
  return { namespace: found.namespace, location: '', faultyLocations: {}, shared: { snapshotLocations: [] } }
}
