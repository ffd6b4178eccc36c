import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { ApiException, PatchStrategy, type KubernetesObject, type V1PersistentVolume } from '@kubernetes/client-node'
import { ownerAnnotation } from '../../contract/annotations.ts'
import { runLabel } from '../../contract/labels.ts'
import { ownerText, thisOwner } from '../../contract/owner.ts'
import type { ClusterApi } from '../api.ts'
import { podSecurityLabels } from '../../contract/pod-security.ts'
import type { WorkloadSettings } from '../../contract/workload.ts'
import { reasonOf } from '../delete-all.ts'
import { accountMade, removed } from '../existing/own-namespace.ts'
import { copyPullSecrets, giveProgram } from '../existing/pull-secrets.ts'
import type { Log } from '../log.ts'
import { untilAnswered } from '../until-answered.ts'
import { secondsSince } from './probe-context.ts'

/** What came of the work in the namespace, and how long its volumes took to be deleted; undefined where they were not all gone in time. */
export interface Worked<Result> {
  readonly result: Result
  readonly deleteSeconds: number | undefined
}

/** What the namespace is for, and what the user wants of Pods in it. */
interface ProbeNamespace {
  /** Whether snapshots are made in it. */
  readonly snapshots: boolean
  /** Whether snapshots of groups are made in it that their class retains. */
  readonly groups?: boolean
  readonly settings: WorkloadSettings
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

const volumesGoneWithin = 60
const secondsBetweenLooks = 0.3

/** Works in a namespace of its own, which is removed with its volumes and snapshots whatever happens. What stays is logged. */
export async function inProbeNamespace<Result>(
  api: ClusterApi,
  { snapshots, groups = false, settings, log, signal }: ProbeNamespace,
  work: (namespace: string) => Promise<Result>,
): Promise<Worked<Result>> {
  const name = `hf-probe-${randomBytes(8).toString('hex')}`
  // By its owner the next run knows it for abandoned, where this one is killed.
  const metadata = {
    name,
    labels: { [runLabel]: 'probe', ...podSecurityLabels('restricted') },
    annotations: { [ownerAnnotation]: ownerText(thisOwner()) },
  }
  let mine = true
  let deleteSeconds: number | undefined
  const remove = async () => {
    if (!mine) return
    const mayGo = await letGo(api, name, { snapshots: snapshots || groups, groups, log })
    const started = Date.now()
    await removed(api, name, log)
    if (mayGo && (await volumesGone(api, name, log))) deleteSeconds = secondsSince(started)
  }
  try {
    await api.objects.create({ apiVersion: 'v1', kind: 'Namespace', metadata }).catch((error: unknown) => {
      // What was refused is not there, or is another's. What was not answered may be there.
      mine = !(error instanceof ApiException)
      throw error
    })
    await accountMade(api, name, { signal })
    await copyPullSecrets(api, name, settings)
    await giveProgram(api, name, settings)
    const result = await work(name)
    await remove()
    mine = false
    return { result, deleteSeconds }
  } finally {
    await remove()
  }
}

interface SnapshotContent extends KubernetesObject {
  readonly spec?: {
    readonly deletionPolicy?: string
    readonly volumeSnapshotRef?: { readonly namespace?: string }
    readonly volumeGroupSnapshotRef?: { readonly namespace?: string }
  }
}

/** Volumes and snapshots of classes that retain them would outlive the namespace: they are told to go with it. Returns whether all were. */
async function letGo(
  api: ClusterApi,
  namespace: string,
  { snapshots, groups, log }: { readonly snapshots: boolean; readonly groups: boolean; readonly log: Log },
): Promise<boolean> {
  let areTold = true
  const told = async (kind: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      if (error instanceof ApiException && error.code === 404) return
      areTold = false
      log(`What the probes made in ${namespace} may stay: ${kind}s that their class retains could not be changed (${reasonOf(error)}).`)
    }
  }
  await told('PersistentVolume', async () => {
    for (const { metadata, spec } of await volumesOf(api, namespace)) {
      if (spec?.persistentVolumeReclaimPolicy === 'Delete') continue
      const change = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: metadata?.name ?? '' } }
      await merge(api, { ...change, spec: { persistentVolumeReclaimPolicy: 'Delete' } } as KubernetesObject)
    }
  })
  if (groups) await told('VolumeGroupSnapshotContent', async () => dropContents(api, namespace, groupContents))
  if (snapshots) await told('VolumeSnapshotContent', async () => dropContents(api, namespace, snapshotContents))
  return areTold
}

const snapshotContents = { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotContent' }
const groupContents = { apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshotContent' }

/** Has what a namespace made of a kind of contents deleted with it. */
async function dropContents(api: ClusterApi, namespace: string, kind: typeof snapshotContents): Promise<void> {
  const { items } = await untilAnswered(async () => api.objects.list<SnapshotContent>(kind.apiVersion, kind.kind))
  for (const { metadata, spec } of items) {
    const of = spec?.volumeSnapshotRef ?? spec?.volumeGroupSnapshotRef
    if (of?.namespace !== namespace || spec?.deletionPolicy === 'Delete') continue
    const change = { ...kind, metadata: { name: metadata?.name ?? '' }, spec: { deletionPolicy: 'Delete' } }
    await merge(api, change)
  }
}

async function merge(api: ClusterApi, change: KubernetesObject): Promise<void> {
  const options = [undefined, undefined, undefined, undefined, PatchStrategy.MergePatch] as const
  await untilAnswered(async () => api.objects.patch(change, ...options))
}

async function volumesOf(api: ClusterApi, namespace: string): Promise<readonly V1PersistentVolume[]> {
  const { items } = await untilAnswered(async () => api.objects.list<V1PersistentVolume>('v1', 'PersistentVolume'))
  return items.filter(({ spec }) => spec?.claimRef?.namespace === namespace)
}

async function volumesGone(api: ClusterApi, namespace: string, log: Log): Promise<boolean> {
  const deadline = Date.now() + volumesGoneWithin * 1000
  try {
    let left = await volumesOf(api, namespace)
    while (left.length > 0 && Date.now() < deadline) {
      await pause(secondsBetweenLooks * 1000)
      left = await volumesOf(api, namespace)
    }
    if (left.length === 0) return true
    const names = left.map(({ metadata }) => metadata?.name).join(', ')
    log(`PersistentVolumes of the probes still exist after ${volumesGoneWithin} s: inspect ${names} with "kubectl describe pv".`)
  } catch (error) {
    log(`Whether the PersistentVolumes of the probes are gone could not be read: ${reasonOf(error)}`)
  }
  return false
}
