import { act } from './acts/act.ts'
import { ordinalOf } from './checks/reading.ts'
import type { Observation } from './history-entry.ts'
import type { History } from './history.ts'
import type { KubernetesApi } from './kubernetes/api.ts'

/** Name of the mutant. */
const name = 'first-pod-deleted-meanwhile'

/** Under the mutant that deletes Pods in the middle of an update, deletes the first Pod of a StatefulSet the moment another is seen to end. */
export function openPodRogue(options: {
  readonly mutant: string | undefined
  readonly api: KubernetesApi
  readonly history: History
  /** Namespace of the guarantee. */
  readonly namespace: string
  readonly signal: AbortSignal
}): AsyncDisposable {
  const { mutant, api, history, namespace, signal } = options
  if (mutant !== name) return { [Symbol.asyncDispose]: async () => undefined }

  let done: Promise<unknown> | undefined
  const leave = history.subscribe(() => {
    const last = history.entries.at(-1)
    const victim = last?.type === 'observation' ? firstBeside(last) : undefined
    if (done !== undefined || victim === undefined) return
    // Set before the act is recorded, which calls this listener again.
    const { promise, resolve } = Promise.withResolvers<unknown>()
    done = promise
    const deed = act({
      ...{ history, verb: 'sabotage', subject: { kind: 'Pod', name: victim, namespace }, request: { mutant } },
      send: async () => api.send({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}/pods/${victim}`, signal }),
      answer: () => ({ code: 200, reason: 'OK', message: 'deleted' }),
    })
    resolve(deed.catch(() => undefined))
  })
  return {
    async [Symbol.asyncDispose]() {
      leave()
      await done
    },
  }
}

/** The Pod of ordinal 0 beside one of a higher ordinal that ends. */
function firstBeside({ kind, object }: Observation): string | undefined {
  const { name: pod, deletionTimestamp, ownerReferences = [] } = object.metadata
  const owner = kind === 'Pod' && deletionTimestamp !== undefined ? ownerReferences.find((each) => each.kind === 'StatefulSet') : undefined
  return owner !== undefined && (ordinalOf(owner.name, pod) ?? 0) > 0 ? `${owner.name}-0` : undefined
}
