import { snapshotControllerDeployment, systemNamespace } from '../contract/system.ts'
import { act } from './acts/act.ts'
import { latest } from './object.ts'
import { ordinalOf } from './readings/stateful-set.ts'
import type { HistoryEntry, ObjectRef, Observation } from './history-entry.ts'
import type { History } from './history.ts'
import type { ApiRequest, KubernetesApi } from './kubernetes/api.ts'

/** What was seen, and where. */
interface Sight {
  readonly seen: Observation
  /** Namespace of the guarantee. */
  readonly namespace: string
  /** The history with what was seen. */
  readonly history: readonly HistoryEntry[]
}

/** What a third party does. */
interface Deed {
  readonly subject: ObjectRef
  readonly request: ApiRequest
}

/** What it does upon what it sees: undefined for what it lets pass. Most do it once, others each time. */
interface Habit {
  readonly often?: true
  readonly deed: (sight: Sight) => Deed | undefined
}

const pathOf = (namespace: string, pod: string) => `/api/v1/namespaces/${namespace}/pods/${pod}`

/** By name of the mutant. */
const habits: Readonly<Record<string, Habit>> = {
  'pod-force-deleted': {
    deed({ seen, namespace }) {
      const { name, deletionTimestamp } = seen.object.metadata
      if (seen.kind !== 'Pod' || seen.event === 'DELETED' || deletionTimestamp === undefined) return undefined
      return {
        subject: { kind: 'Pod', name, namespace },
        request: { method: 'DELETE', path: pathOf(namespace, name), body: { gracePeriodSeconds: 0 } },
      }
    },
  },
  'first-pod-deleted-meanwhile': {
    deed({ seen, namespace }) {
      const { set, ordinal = 0 } = placeInSet(seen)
      if (ordinal === 0 || seen.object.metadata.deletionTimestamp === undefined) return undefined
      const name = `${set}-0`
      return { subject: { kind: 'Pod', name, namespace }, request: { method: 'DELETE', path: pathOf(namespace, name) } }
    },
  },
  'pods-owned-by-predecessor': {
    often: true,
    deed({ seen, namespace, history }) {
      const { set, ordinal = 0 } = placeInSet(seen)
      const owner = latest(history, 'Pod', `${set}-${ordinal - 1}`)
      if (seen.event !== 'ADDED' || owner === undefined) return undefined
      const { name, uid } = owner.metadata
      const body = { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid }] } }
      const pod = seen.object.metadata.name
      return {
        subject: { kind: 'Pod', name: pod, namespace },
        // This kind of patch adds to a list of owners.
        request: { method: 'PATCH', path: pathOf(namespace, pod), body, contentType: 'application/strategic-merge-patch+json' },
      }
    },
  },
  'snapshot-controller-kept': {
    deed({ seen }) {
      if (seen.kind !== 'VolumeSnapshot') return undefined
      const name = snapshotControllerDeployment
      const path = `/apis/apps/v1/namespaces/${systemNamespace}/deployments/${name}`
      return {
        subject: { kind: 'Deployment', name, namespace: systemNamespace },
        request: { method: 'PATCH', path, body: { spec: { replicas: 1 } }, contentType: 'application/merge-patch+json' },
      }
    },
  },
}

/** Under a mutant that acts on Pods or components, does its deed the moment that it sees the cause. Disposing of it waits until it is done. */
export function openRogueOnSight(options: {
  readonly mutant: string | undefined
  readonly api: KubernetesApi
  readonly history: History
  /** Namespace of the guarantee. */
  readonly namespace: string
}): AsyncDisposable {
  const { mutant = '', api, history, namespace } = options
  const habit = habits[mutant]
  if (habit === undefined) return { [Symbol.asyncDispose]: async () => undefined }
  const doing: Promise<unknown>[] = []
  const leave = history.subscribe(() => {
    const seen = history.entries.at(-1)
    if (seen?.type !== 'observation' || (doing.length > 0 && habit.often === undefined)) return
    const found = habit.deed({ seen, namespace, history: history.entries })
    if (found === undefined) return
    // Noted before the act is recorded, which calls this listener again.
    const { promise, resolve } = Promise.withResolvers<undefined>()
    doing.push(promise)
    const { subject, request } = found
    act({
      ...{ history, verb: 'sabotage', subject, request: { mutant, sent: request.body } },
      send: async () => api.send(request),
      answer: () => ({ code: 200, reason: 'OK', message: 'done' }),
    })
      .catch(() => undefined)
      .finally(() => resolve(undefined))
  })
  return {
    async [Symbol.asyncDispose]() {
      leave()
      await Promise.all(doing)
    },
  }
}

/** The StatefulSet that a Pod belongs to, and its ordinal there; neither for anything else. */
function placeInSet({ kind, object }: Observation): { readonly set?: string; readonly ordinal?: number | undefined } {
  const { name, ownerReferences = [] } = object.metadata
  const owner = kind === 'Pod' ? ownerReferences.find((each) => each.kind === 'StatefulSet') : undefined
  return owner === undefined ? {} : { set: owner.name, ordinal: ordinalOf(owner.name, name) }
}
