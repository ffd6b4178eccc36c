import type { History } from '../../engine/history/history.ts'
import type { HistoryEntry, Measurement, ObservedObject } from '../../engine/history/history-entry.ts'
import { defineObstacle } from '../../engine/judge/obstacle.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import { field } from '../../engine/object.ts'

/** A Pod that a controller was not let make: by whom it was asked for, what was said, and when that was last said. */
export interface RefusedPod {
  /** For example `StatefulSet web`. */
  readonly by: string
  readonly said: string
  readonly at: string
}

const what = 'refused-pods'

/**
 * How it is said that admission refused a Pod: by a quota, a limit, Pod Security, a webhook. That its namespace has no ServiceAccount yet
 * is said in the same words and passes.
 */
const refusal = /(?:pods ".*" is forbidden|admission webhook ".*" denied the request|failed calling webhook)/u
const passing = /error looking up service account/u

/** Keeps in the history which Pods admission refuses to controllers of a namespace, as their Events say. Nothing when there are none. */
export async function lookForRefusedPods(options: {
  readonly api: KubernetesApi
  readonly history: History
  readonly namespace: string
  readonly signal: AbortSignal
}): Promise<void> {
  const { api, history, namespace, signal } = options
  const path = `/api/v1/namespaces/${namespace}/events`
  const { items } = (await api.send({ path, query: { fieldSelector: 'reason=FailedCreate' }, signal })) as unknown as {
    readonly items: readonly ObservedObject[]
  }
  const value = items.flatMap(refusedPod)
  if (value.length > 0)
    history.append({ type: 'measurement', what, label: 'by admission', subject: { kind: 'Namespace', name: namespace }, value })
}

function refusedPod(event: ObservedObject): readonly RefusedPod[] {
  const said = field(event, 'message')
  if (typeof said !== 'string' || !/\bPod\b|pods "|^Error creating:/u.test(said) || !refusal.test(said) || passing.test(said)) return []
  const [kind, name] = ['kind', 'name'].map((part) => String(field(event, 'involvedObject', part)))
  const at = field(event, 'series', 'lastObservedTime') ?? field(event, 'lastTimestamp') ?? field(event, 'eventTime')
  return [{ by: `${kind} ${name}`, said, at: typeof at === 'string' ? at : '' }]
}

/** What keeps Pods from being made makes all wait that needs Pods: volumes that wait for their first consumer, too. */
for (const kind of ['Pod', 'StatefulSet', 'Deployment', 'Job', 'PersistentVolumeClaim']) defineObstacle({ kind, find: findRefused })

function findRefused(history: readonly HistoryEntry[]): string | undefined {
  const last = history.findLast((entry): entry is Measurement => entry.type === 'measurement' && entry.what === what)
  const refused = ((last?.value ?? []) as readonly RefusedPod[]).find((one) => !wasMadeLater(one, history))
  if (refused === undefined) return undefined
  return [
    `the cluster does not let ${refused.by} make its Pod: ${refused.said.replace(/\.$/u, '')}.`,
    'Have its admission accept the Pods of suites, or set under "workload" in holdfast.yaml what it asks of them.',
  ].join(' ')
}

/** Whether the Pod that the message names was seen after it had been refused for the last time. */
function wasMadeLater({ said, at }: RefusedPod, history: readonly HistoryEntry[]): boolean {
  const name = /create Pod (\S+) in/iu.exec(said)?.[1]
  return history.some(
    (entry) =>
      entry.type === 'observation' &&
      entry.kind === 'Pod' &&
      entry.object.metadata.name === name &&
      Date.parse(entry.object.metadata.creationTimestamp ?? '') > Date.parse(at),
  )
}
