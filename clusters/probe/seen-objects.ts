import { setTimeout as pause } from 'node:timers/promises'
import { ApiException, type KubernetesObject, type V1PersistentVolumeClaim, type V1Pod } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'

/** A VolumeSnapshot or a VolumeGroupSnapshot, as far as probes read it. */
export interface VolumeSnapshot extends KubernetesObject {
  readonly status?: { readonly readyToUse?: boolean; readonly error?: { readonly message?: string } }
}

/** The objects of the namespace of a probe, listed again and again while probes wait for something. */
export interface SeenObjects extends AsyncDisposable {
  pvc(name: string): V1PersistentVolumeClaim | undefined
  pod(name: string): V1Pod | undefined
  snapshot(name: string): VolumeSnapshot | undefined
  groupSnapshot(name: string): VolumeSnapshot | undefined
  /**
   * Looks until `find` finds something, and returns it; undefined once `deadline` has passed, in milliseconds since the epoch. Throws when
   * the objects cannot be listed for good, and the reason of the signal.
   */
  until<T>(find: () => T | undefined, deadline: () => number): Promise<T | undefined>
}

const secondsBetweenLooks = 0.25

/** Errors after which the next look may work: the API server was busy, or a connection ended. */
function mayPass(error: unknown): boolean {
  return !(error instanceof ApiException) || error.code === 429 || error.code >= 500
}

/** Which kinds that not every cluster serves are looked at. */
export interface LookedAt {
  readonly snapshots: boolean
  readonly groups?: boolean
}

/** Begins to look at a namespace; at VolumeSnapshots and VolumeGroupSnapshots too, where they are to be probed. */
export function lookAt(
  api: ClusterApi,
  namespace: string,
  { snapshots, groups = false, signal }: LookedAt & { readonly signal?: AbortSignal | undefined },
): SeenObjects {
  const over = new AbortController()
  let pvcs: readonly V1PersistentVolumeClaim[] = []
  let pods: readonly V1Pod[] = []
  let taken: readonly VolumeSnapshot[] = []
  let ofGroups: readonly VolumeSnapshot[] = []
  let next = Promise.withResolvers<void>()
  let failure: unknown
  const look = async () => {
    ;[pvcs, pods, taken, ofGroups] = await Promise.all([
      api.objects.list<V1PersistentVolumeClaim>('v1', 'PersistentVolumeClaim', namespace).then(({ items }) => items),
      api.objects.list<V1Pod>('v1', 'Pod', namespace).then(({ items }) => items),
      snapshots
        ? api.objects.list<VolumeSnapshot>('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', namespace).then(({ items }) => items)
        : [],
      groups ? groupSnapshotsOf(api, namespace) : [],
    ])
  }
  const looking = (async () => {
    while (!over.signal.aborted) {
      try {
        await look()
      } catch (error) {
        if (!mayPass(error)) failure = error
      }
      const seen = next
      next = Promise.withResolvers()
      seen.resolve()
      await pause(secondsBetweenLooks * 1000)
    }
  })()
  const named =
    <T extends KubernetesObject>(list: () => readonly T[]) =>
    (name: string) =>
      list().find(({ metadata }) => metadata?.name === name)
  return {
    pvc: named(() => pvcs),
    pod: named(() => pods),
    snapshot: named(() => taken),
    groupSnapshot: named(() => ofGroups),
    async until(find, deadline) {
      for (;;) {
        const found = find()
        if (found !== undefined) return found
        if (over.signal.aborted || Date.now() > deadline()) return undefined
        if (failure !== undefined) throw failure
        signal?.throwIfAborted()
        await next.promise
      }
    },
    async [Symbol.asyncDispose]() {
      over.abort()
      await looking
      next.resolve()
    },
  }
}

/** Who may not see them may not make one either, and hears of that when it is made: nothing else is to end because of it. */
async function groupSnapshotsOf(api: ClusterApi, namespace: string): Promise<readonly VolumeSnapshot[]> {
  try {
    return (await api.objects.list<VolumeSnapshot>('groupsnapshot.storage.k8s.io/v1', 'VolumeGroupSnapshot', namespace)).items
  } catch (error) {
    if (error instanceof ApiException && error.code === 403) return []
    throw error
  }
}
