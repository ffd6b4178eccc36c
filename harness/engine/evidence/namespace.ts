import { stringify } from 'yaml'
import type { ObservedObject } from '../history/history-entry.ts'
import { trimmed } from '../history/history.ts'
import { resourcePath } from '../kubernetes/resources.ts'
import { redact } from '../history/redact.ts'
import { clusterScopedObjectsOf, listed } from '../kubernetes/bound-objects.ts'
import { type Collector, endOfLog, logLines } from './collector.ts'

const kinds = [
  { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', namespaced: true },
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments', namespaced: true },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets', namespaced: true },
  { apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs', namespaced: true },
  { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs', namespaced: true },
  { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', plural: 'volumesnapshots', namespaced: true },
  { apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshot', plural: 'volumegroupsnapshots', namespaced: true },
] as const

interface PodLike extends ObservedObject {
  readonly status?: Partial<
    Readonly<Record<'initContainerStatuses' | 'containerStatuses' | 'ephemeralContainerStatuses', readonly ContainerStatusLike[]>>
  >
}

interface ContainerStatusLike {
  readonly name: string
  readonly restartCount: number
  readonly state?: { readonly waiting?: unknown }
}

/** Writes objects, Events and logs of one namespace. Returns the objects. */
export async function collectNamespace({ api, namespace, prefix, signal, tried, missing, write }: Collector & { readonly prefix: string }) {
  // Asked for at the same time: until all is there, the guarantee keeps its slot.
  const [events, bound, ...inNamespace] = await Promise.all([
    tried('Events', async () => listed(api, `/api/v1/namespaces/${namespace}/events`, signal)),
    tried('Cluster-scoped objects', async () => clusterScopedObjectsOf(namespace, { api, signal })),
    ...kinds.map(async ({ kind, ...resource }) => {
      const found = await tried(`${kind}s`, async () => listed(api, resourcePath(resource, { namespace }), signal))
      return (found ?? []).map((object) => ({ ...object, apiVersion: resource.apiVersion, kind }))
    }),
  ])
  const objects: readonly ObservedObject[] = [...inNamespace.flat(), ...(bound?.objects ?? [])]
  missing.push(...(bound?.unknown ?? []))
  for (const object of objects)
    write(`objects/${prefix}${object.kind?.toLowerCase()}-${object.metadata.name}.yaml`, stringify(redact(trimmed(object))))
  write(`${prefix}events.yaml`, stringify((events ?? []).map((event) => redact(trimmed(event)))))

  const keepLogs = async (pod: PodLike, { name, restartCount }: ContainerStatusLike) => {
    const log = async (query: Record<string, string>) => {
      const path = `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/log`
      // A limit of bytes would keep the beginning, and what went wrong is told at the end.
      return endOfLog(await api.read({ path, query: { container: name, tailLines: String(logLines), ...query }, signal }))
    }
    const file = `logs/${prefix}${pod.metadata.name}-${name}`
    const current = await tried(`Log of ${pod.metadata.name}, container ${name}`, async () => log({}))
    if (current !== undefined) write(`${file}.log`, String(redact(current)))
    const previous =
      restartCount === 0
        ? undefined
        : await tried(`Log of ${pod.metadata.name}, container ${name}, before its restart`, async () => log({ previous: 'true' }))
    if (previous !== undefined) write(`${file}-previous.log`, String(redact(previous)))
  }
  const pods = objects.filter((object): object is PodLike => object.kind === 'Pod')
  const started = pods.flatMap((pod) =>
    containersOf(pod)
      .filter(hasStarted)
      .map((container) => ({ pod, container })),
  )
  await Promise.all(started.map(async ({ pod, container }) => keepLogs(pod, container)))
  return objects
}

function containersOf({ status = {} }: PodLike): readonly ContainerStatusLike[] {
  const { initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] } = status
  return [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses]
}

/** A container that never started has no log to collect. */
function hasStarted({ restartCount, state }: ContainerStatusLike): boolean {
  return restartCount > 0 || state?.waiting === undefined
}
