import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { messageOf } from '../causes.ts'
import { storeInUse } from '../../vocabulary/velero/stored.ts'
import type { HistoryEntry, ObservedObject } from '../history/history-entry.ts'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { namespacesOf } from './bound-objects.ts'
import { copyDriverCalls, driverNames } from './driver-calls.ts'
import { collectNamespace } from './namespace.ts'
import { collectVelero } from './velero.ts'

/** What is collected of a namespace, and where to. */
export interface Collection {
  readonly api: KubernetesApi
  readonly namespace: string
  readonly directory: string
  readonly cluster: ClusterRecord
  readonly history: readonly HistoryEntry[]
  /** Aborted when the time for it is over: nothing is asked for or written from then on. */
  readonly signal: AbortSignal
}

/**
 * Writes final objects, Events and container logs of a namespace and its additional ones, what Velero did for it, and driver calls. What
 * cannot be collected is named in the result, and keeps nothing else from being collected.
 */
export async function collectEvidence({ api, namespace, directory, cluster, history, signal }: Collection): Promise<readonly string[]> {
  const missing: string[] = []
  const tried = async <Result>(what: string, collect: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      signal.throwIfAborted()
      return await collect()
    } catch (error) {
      missing.push(`${what} could not be collected: ${messageOf(error)}`)
      return undefined
    }
  }
  const write = (file: string, content: string) => {
    signal.throwIfAborted()
    try {
      writeFileSync(join(directory, file), content)
    } catch (error) {
      missing.push(`${file} could not be written: ${messageOf(error)}`)
    }
  }
  mkdirSync(join(directory, 'objects'), { recursive: true })
  mkdirSync(join(directory, 'logs'), { recursive: true })

  const objects: ObservedObject[] = []
  const namespaces = (await tried('Namespaces', async () => namespacesOf(api, namespace, signal))) ?? [namespace]
  for (const one of namespaces)
    objects.push(
      ...((await tried(`Evidence of ${one}`, async () =>
        collectNamespace({ api, namespace: one, prefix: prefixOf(namespace, one), signal, tried, missing, write }),
      )) ?? []),
    )
  if (cluster.velero !== undefined) {
    const { velero } = cluster
    await tried('What Velero did', async () =>
      collectVelero({ api, velero, store: storeInUse(cluster), namespace, since: history[0]?.at, signal, tried, missing, write }),
    )
  }
  const { callLogDirectory } = cluster
  if (callLogDirectory !== null) {
    const to = join(directory, 'driver-calls.jsonl')
    await tried('Calls of the CSI driver', async () =>
      copyDriverCalls({ from: callLogDirectory, to, names: driverNames(history, objects) }),
    )
  }
  return missing
}

/** Prefix of the evidence files of an additional namespace: its suffix. */
function prefixOf(namespace: string, one: string): string {
  return one === namespace ? '' : `${one.slice(namespace.length + 1)}.`
}
