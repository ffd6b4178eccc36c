import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { HistoryEntry, ObservedObject } from '../history-entry.ts'
import { trimmed } from '../history.ts'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { resourcePath } from '../kubernetes/resources.ts'
import { redact } from '../redact.ts'
import { boundTo, listed } from './bound-objects.ts'
import { copyDriverCalls, driverNames } from './driver-calls.ts'

/** What is collected of a namespace, and where to. */
export interface Collection {
  readonly api: KubernetesApi
  readonly namespace: string
  readonly directory: string
  readonly callLogDirectory: string | null
  readonly history: readonly HistoryEntry[]
}

const logBytes = 256 * 1024

const kinds = [
  { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', namespaced: true },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets', namespaced: true },
  { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', plural: 'volumesnapshots', namespaced: true },
  { apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshot', plural: 'volumegroupsnapshots', namespaced: true },
] as const

interface PodLike extends ObservedObject {
  readonly status?: { readonly containerStatuses?: readonly ContainerStatusLike[] }
}

interface ContainerStatusLike {
  readonly name: string
  readonly restartCount: number
  readonly state?: { readonly waiting?: unknown }
}

/** Writes final objects, Events, container logs and driver calls of a namespace. What cannot be collected is named in the result. */
export async function collectEvidence({ api, namespace, directory, callLogDirectory, history }: Collection): Promise<readonly string[]> {
  const missing: string[] = []
  const tried = async <Result>(what: string, collect: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await collect()
    } catch (error) {
      missing.push(`${what} could not be collected: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }
  const write = (file: string, content: string) => writeFileSync(join(directory, file), content)
  mkdirSync(join(directory, 'objects'), { recursive: true })
  mkdirSync(join(directory, 'logs'), { recursive: true })

  const objects: ObservedObject[] = []
  for (const { kind, ...resource } of kinds) {
    const found = await tried(`${kind}s`, async () => listed(api, resourcePath(resource, { namespace })))
    objects.push(...(found ?? []).map((object) => ({ ...object, apiVersion: resource.apiVersion, kind })))
  }
  objects.push(...((await tried('Cluster-scoped objects', async () => boundTo(api, namespace))) ?? []))
  for (const object of objects)
    write(`objects/${object.kind?.toLowerCase()}-${object.metadata.name}.yaml`, stringify(redact(trimmed(object))))

  const events = await tried('Events', async () => listed(api, `/api/v1/namespaces/${namespace}/events`))
  write('events.yaml', stringify((events ?? []).map((event) => redact(trimmed(event)))))

  for (const pod of objects.filter((object): object is PodLike => object.kind === 'Pod')) {
    for (const { name, restartCount } of (pod.status?.containerStatuses ?? []).filter(hasStarted)) {
      const log = async (query: Record<string, string>) =>
        api.read({
          path: `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/log`,
          query: { container: name, limitBytes: String(logBytes), ...query },
        })
      const file = `logs/${pod.metadata.name}-${name}`
      const current = await tried(`Log of ${pod.metadata.name}`, async () => log({}))
      if (current !== undefined) write(`${file}.log`, String(redact(current)))
      const previous =
        restartCount === 0
          ? undefined
          : await tried(`Log of ${pod.metadata.name} before its restart`, async () => log({ previous: 'true' }))
      if (previous !== undefined) write(`${file}-previous.log`, String(redact(previous)))
    }
  }
  if (callLogDirectory !== null) {
    const to = join(directory, 'driver-calls.jsonl')
    await tried('Calls of the CSI driver', async () =>
      copyDriverCalls({ from: callLogDirectory, to, names: driverNames(history, objects) }),
    )
  }
  return missing
}

/** A container that never started has no log to collect. */
function hasStarted({ restartCount, state }: ContainerStatusLike): boolean {
  return restartCount > 0 || state?.waiting === undefined
}
