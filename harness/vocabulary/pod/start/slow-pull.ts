import type { HistoryEntry, Measurement, ObservedObject } from '../../../engine/history/history-entry.ts'
import { defineObstacle } from '../../../engine/judge/obstacle.ts'
import { listed } from '../../../engine/kubernetes/bound-objects.ts'
import { field, phaseOf } from '../../../engine/object.ts'
import { type EventLook, eventsOf } from '../events.ts'

/** A Pod that kubelet still pulls an image for, and what it says of that. */
export interface WaitingPod {
  readonly name: string
  readonly uid: string
  readonly said: string
}

const what = 'slow-pulls'

/** What kubelet says of a container once it has the image. */
const pulled: readonly unknown[] = ['Pulled', 'Created', 'Started']

/**
 * Keeps in the history which Pods of a namespace wait for an image that kubelet still pulls, as Events say. Nothing when there are none.
 */
export async function lookForSlowPulls(look: EventLook): Promise<void> {
  const { api, history, namespace, signal } = look
  const items = await eventsOf(look, 'involvedObject.kind=Pod')
  const has = new Set(items.filter((event) => pulled.includes(field(event, 'reason'))).map(containerOf))
  const pulling = items.filter((event) => field(event, 'reason') === 'Pulling' && !has.has(containerOf(event)))
  if (pulling.length === 0) return
  const pods = await listed(api, `/api/v1/namespaces/${namespace}/pods`, signal)
  const value = pods.filter(isThere).flatMap(({ metadata: { name, uid } }): readonly WaitingPod[] => {
    const event = pulling.find((each) => field(each, 'involvedObject', 'uid') === uid)
    return event === undefined ? [] : [{ name, uid, said: String(field(event, 'message')) }]
  })
  if (value.length > 0)
    history.append({ type: 'measurement', what, label: 'under way', subject: { kind: 'Namespace', name: namespace }, value })
}

function containerOf(event: ObservedObject): string {
  return ['uid', 'fieldPath'].map((name) => String(field(event, 'involvedObject', name))).join(' ')
}

/** Not begun, and not on its way out. */
function isThere(pod: ObservedObject): boolean {
  return phaseOf(pod) === 'Pending' && pod.metadata.deletionTimestamp === undefined
}

/** Volumes are mounted before an image is pulled, so what waits for a volume alone is judged. */
for (const kind of ['Pod', 'StatefulSet', 'Deployment', 'Job']) defineObstacle({ kind, find: findSlow })

function findSlow(history: readonly HistoryEntry[]): string | undefined {
  const last = history.findLast((entry): entry is Measurement => entry.type === 'measurement' && entry.what === what)
  const slow = ((last?.value ?? []) as readonly WaitingPod[]).find((pod) => !hasBegun(pod, history))
  if (slow === undefined) return undefined
  return `kubelet still pulls an image for Pod ${slow.name}: ${slow.said.replace(/\.$/u, '')}. Run the guarantee again once the nodes have the image.`
}

/** Whether the Pod was last seen with its containers running, or was deleted. */
function hasBegun({ uid }: WaitingPod, history: readonly HistoryEntry[]): boolean {
  const last = history.findLast((entry) => entry.type === 'observation' && entry.kind === 'Pod' && entry.object.metadata.uid === uid)
  return last?.type === 'observation' && (last.event === 'DELETED' || !isThere(last.object))
}
