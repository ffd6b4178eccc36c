import { act, done } from '../../engine/kubernetes/act.ts'
import { listed } from '../../engine/kubernetes/bound-objects.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import type { History } from '../../engine/history/history.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { Reverts } from '../../engine/fixtures/reverts.ts'
import { limits } from '../../engine/limits.ts'
import { settled } from '../../engine/watch/settled.ts'
import { isReadyPod } from '../pod/readings.ts'

/** Pods of a component, and how it is killed. */
interface CrashedPods {
  /** What they are, for sentences: `the Velero server`. */
  readonly name: string
  readonly namespace: string
  readonly labelSelector: string
  /** Which of the Pods with these labels are meant; all when absent. */
  readonly isMeant?: (pod: ObservedObject) => boolean
  /** Kills what runs in them. */
  readonly kill: (pods: readonly ObservedObject[]) => Promise<void>
}

interface Means {
  readonly api: KubernetesApi
  readonly history: History
  readonly reverts: Reverts
  readonly signal: AbortSignal
}

/**
 * Kills a component at once and has its Pods replaced: a kubelet would restart the container in place, later each time. Returns once a new
 * Pod is Ready. Throws `Inconclusive` when that takes too long. A Pod of it is Ready when the guarantee is over.
 */
export async function crashPods({ name, namespace, labelSelector, isMeant = () => true, kill }: CrashedPods, means: Means): Promise<void> {
  const { api, history, reverts, signal } = means
  const path = `/api/v1/namespaces/${namespace}/pods`
  const settles = async (within: AbortSignal, isWanted: (pod: ObservedObject) => boolean) => {
    const holds = (pods: readonly ObservedObject[]) => pods.filter(isMeant).some((pod) => isWanted(pod) && isReadyPod(pod))
    const ended = AbortSignal.any([within, AbortSignal.timeout(limits.componentBack * 1000)])
    if (holds(await settled({ api, kind: 'Pod', path, labelSelector, holds, signal: ended }))) return
    const summary = `No Pod of ${name} was Ready again within ${limits.componentBack} s.`
    throw new Inconclusive().withDetails({ reason: { summary } })
  }
  const before = (await listed(api, `${path}?labelSelector=${encodeURIComponent(labelSelector)}`)).filter(isMeant)
  const isNew = ({ metadata: { uid, deletionTimestamp } }: ObservedObject) =>
    deletionTimestamp === undefined && before.every(({ metadata }) => metadata.uid !== uid)
  reverts.register(name, async (within) => settles(within, () => true))
  await kill(before)
  for (const { metadata } of before)
    await act({
      ...{ history, verb: 'delete', subject: { kind: 'Pod', name: metadata.name, namespace } },
      send: async () => api.send({ method: 'DELETE', path: `${path}/${metadata.name}`, signal }),
      answer: done,
    })
  await settles(signal, isNew)
}
