import type { KubernetesObject, V1Namespace, V1PersistentVolume, V1VolumeAttachment } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { clusterApi, type ClusterApi, NeverReady, untilReady } from '../api.ts'
import { listWhereSeen } from '../existing/served-kinds.ts'
import { SetupError } from '../setup-error.ts'
import { leaksOf, type Remains } from './account.ts'
import { type ApiObjects, leftInApi, type SnapshotContent } from './left-in-api.ts'
import { callsSince, idsInDriver, loopDevicesOf, mountsOf } from './driver-remains.ts'
import { ownCommand } from '../../contract/distribution.ts'

/** Seconds that a driver and the nodes may need to end what they were about when the last guarantee was cleaned up. */
const settledSeconds = 30

/** A run whose suites have cleaned up. */
export interface CleanedUp {
  /** When it began, ISO 8601. */
  readonly since: string
  /** Namespaces that its guarantees had. */
  readonly namespaces: readonly string[]
  readonly signal: AbortSignal
}

/**
 * Looks for storage that a run leaves behind. With a CSI driver of ours it accounts for every call that made something, and for loop
 * devices and mounts; with any other, for what the API server knows. Returns a sentence for each leak that is there for 30 s.
 */
export async function lookForLeaks(record: ClusterRecord, run: CleanedUp): Promise<readonly string[]> {
  const api = clusterApi(record.kubeconfig, record.context)
  let leaks: readonly string[] = []
  const look = async () => {
    leaks = []
    leaks = await leaksNow(record, { api, ...run })
    return leaks.length === 0 ? undefined : leaks.join(' ')
  }
  try {
    await untilReady({ what: 'The storage', within: settledSeconds, every: 1, look, signal: run.signal })
  } catch (error) {
    if (leaks.length === 0 || !(error instanceof SetupError)) throw error
  }
  return leaks
}

async function leaksNow(record: ClusterRecord, { api, since, namespaces, signal }: CleanedUp & { readonly api: ClusterApi }) {
  const { driver, callLogDirectory } = record
  const objects = await objectsIn(api)
  const left = leftInApi(objects, namespaces)
  if (callLogDirectory === null) return left
  const calls = callsSince(callLogDirectory, since)
  const ids = new Set(calls.flatMap(({ volumeId }) => (volumeId === undefined ? [] : [volumeId])))
  const uses = [...(await loopDevicesOf(ids)), ...(await mountsOf(ids, record, signal))]
  return [...left, ...leaksOf(calls, { ...knownTo(objects, driver), ...idsInDriver(callLogDirectory), uses })]
}

async function objectsIn(api: ClusterApi): Promise<ApiObjects> {
  const list = async <Kind extends KubernetesObject>(apiVersion: string, kind: string): Promise<readonly Kind[]> => {
    const found = await listWhereSeen<Kind>(api, { apiVersion, kind })
    if (found === 'forbidden')
      throw new NeverReady(`This user may not list ${kind}s: nobody knows whether storage was left behind.`, {
        fix: `Give it the roles that "${ownCommand} rbac" prints.`,
      })
    return found === 'not served' ? [] : found.map((object) => ({ ...object, kind }))
  }
  const [volumes, attachments, ofSnapshots, ofGroups, namespaces] = await Promise.all([
    list<V1PersistentVolume>('v1', 'PersistentVolume'),
    list<V1VolumeAttachment>('storage.k8s.io/v1', 'VolumeAttachment'),
    list<SnapshotContent>('snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent'),
    list<SnapshotContent>('groupsnapshot.storage.k8s.io/v1', 'VolumeGroupSnapshotContent'),
    list<V1Namespace>('v1', 'Namespace'),
  ])
  return { volumes, attachments, contents: [...ofSnapshots, ...ofGroups], namespaces }
}

/** What the API server knows of the volumes and snapshots of a driver. */
function knownTo(objects: ApiObjects, driver: string): Pick<Remains, 'volumes' | 'snapshots' | 'attached'> {
  const volumes = objects.volumes.filter(({ spec }) => spec?.csi?.driver === driver)
  const contents = objects.contents.filter(({ spec }) => spec?.driver === driver)
  const handles = contents.flatMap(({ status, spec }) => [status?.snapshotHandle, spec?.source?.snapshotHandle])
  return {
    volumes: new Map(volumes.map(({ metadata, spec }) => [metadata?.name ?? '', spec?.csi?.volumeHandle ?? ''])),
    snapshots: new Set(handles.filter((handle) => handle !== undefined)),
    attached: new Set(objects.attachments.flatMap(({ spec }) => spec.source.persistentVolumeName ?? [])),
  }
}
