import { act } from './acts/act.ts'
import { field } from './checks/reading.ts'
import { scaledDeployment } from './fixtures/components.ts'
import type { HistoryEntry, ObjectRef } from './history-entry.ts'
import type { History } from './history.ts'
import type { ApiRequest, KubernetesApi } from './kubernetes/api.ts'

/** What a third party does, and upon what it sees: undefined for what it lets pass. */
type Deed = (seen: HistoryEntry, namespace: string) => { readonly subject: ObjectRef; readonly request: ApiRequest } | undefined

/** By name of the mutant. */
const deeds: Readonly<Record<string, Deed>> = {
  'pod-force-deleted'(seen, namespace) {
    if (seen.type !== 'observation' || seen.kind !== 'Pod' || seen.event === 'DELETED') return undefined
    const { name, deletionTimestamp } = seen.object.metadata
    if (deletionTimestamp === undefined) return undefined
    return {
      subject: { kind: 'Pod', name, namespace },
      request: { method: 'DELETE', path: `/api/v1/namespaces/${namespace}/pods/${name}`, body: { gracePeriodSeconds: 0 } },
    }
  },
  'snapshot-controller-kept'(seen) {
    if (seen.type !== 'observation' || seen.kind !== 'VolumeSnapshot') return undefined
    const { name } = scaledDeployment
    const path = `/apis/apps/v1/namespaces/holdfast-system/deployments/${name}`
    const contentType = 'application/merge-patch+json'
    return {
      subject: { kind: 'Deployment', name, namespace: 'holdfast-system' },
      request: { method: 'PATCH', path, body: { spec: { replicas: 1 } }, contentType },
    }
  },
}

/** Under a mutant that acts on Pods or components, does its deed the first time that it sees the cause. Disposing of it waits until it is done. */
export function openSystemRogue(options: {
  readonly mutant: string | undefined
  readonly api: KubernetesApi
  readonly history: History
  /** Namespace of the guarantee. */
  readonly namespace: string
}): AsyncDisposable {
  const { mutant = '', api, history, namespace } = options
  const deed = deeds[mutant]
  if (deed === undefined) return { [Symbol.asyncDispose]: async () => undefined }
  let doing: Promise<unknown> | undefined
  const leave = history.subscribe(() => {
    const last = history.entries.at(-1)
    const found = last === undefined || doing !== undefined ? undefined : deed(last, namespace)
    if (found === undefined) return
    // Set before the act is recorded, which calls this listener again.
    const { promise, resolve } = Promise.withResolvers<undefined>()
    doing = promise
    const { subject, request } = found
    act({
      ...{ history, verb: 'sabotage', subject, request: { mutant, sent: field(request, 'body') } },
      send: async () => api.send(request),
      answer: () => ({ code: 200, reason: 'OK', message: 'done' }),
    })
      .catch(() => undefined)
      .finally(() => resolve(undefined))
  })
  return {
    async [Symbol.asyncDispose]() {
      leave()
      await doing
    },
  }
}
