import { setTimeout as pause } from 'node:timers/promises'
import type { V1Namespace } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { type ClusterApi, clusterApi } from '../api.ts'
import type { Log } from '../log.ts'

/** Namespaces of the suites. */
const isOfUser = (name: string) => name.startsWith('hf-')

const secondsBetweenLooks = 0.5

/**
 * Gives each new namespace of a user a ResourceQuota until it is disposed of, as the operator of a platform does: a moment after the
 * namespace is there.
 */
export function keepQuotas(
  { kubeconfig, context }: Pick<ClusterRecord, 'kubeconfig' | 'context'>,
  { hard, log }: { readonly hard: Readonly<Record<string, string>>; readonly log: Log },
): AsyncDisposable {
  const api = clusterApi(kubeconfig, context)
  const stop = new AbortController()
  const done = look(api, hard, { signal: stop.signal, log })
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await done
    },
  }
}

async function look(
  api: ClusterApi,
  hard: Readonly<Record<string, string>>,
  { signal, log }: { readonly signal: AbortSignal; readonly log: Log },
): Promise<void> {
  const limited = new Set<string>()
  while (!signal.aborted) {
    try {
      for (const { metadata, status } of (await api.objects.list<V1Namespace>('v1', 'Namespace')).items) {
        const { name = '', uid = name } = metadata ?? {}
        if (!isOfUser(name) || limited.has(uid) || status?.phase === 'Terminating') continue
        await api.apply({
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'platform', namespace: name },
          spec: { hard },
        } as object)
        limited.add(uid)
      }
    } catch (error) {
      // A namespace may be gone by now, and nodes may be stopped: the next look tells.
      if (!signal.aborted) log(`  quota: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`)
    }
    await pause(secondsBetweenLooks * 1000, undefined, { signal }).catch(() => undefined)
  }
}
