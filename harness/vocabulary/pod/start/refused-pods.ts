import type { HistoryEntry, Measurement, ObservedObject } from '../../../engine/history/history-entry.ts'
import { defineObstacle } from '../../../engine/judge/obstacle.ts'
import { field } from '../../../engine/object.ts'
import { type EventLook, eventsOf } from '../events.ts'

/** A Pod or a PVC that a controller was not let make: by whom it was asked for, what was said, and when that was last said. */
export interface RefusedPod {
  /** For example `StatefulSet web`. */
  readonly by: string
  readonly said: string
  readonly at: string
}

const what = 'refused-pods'

/**
 * How it is said that admission refused a Pod or a PVC: by a quota, a limit, Pod Security, a webhook. That its namespace has no
 * ServiceAccount yet is said in the same words and passes.
 */
const refusal = /(?:(?:pods|persistentvolumeclaims) ".*" is forbidden|admission webhook ".*" denied the request|failed calling webhook)/u
const passing = /error looking up service account/u

/** Of a StatefulSet, which makes the PVCs of a Pod before it, and of the controller of ephemeral volumes. */
const aboutPvc = /(?:[Cc]reate Claim|(?:failed to )?create PVC) ([^\s:]+)/u
const aboutPod = /\bPod\b|pods "|^Error creating:/u

/** Reasons of the Events that say so: of controllers of Pods, and of that of ephemeral volumes. */
const reasons = ['FailedCreate', 'FailedBinding'] as const

/**
 * Keeps in the history which Pods and PVCs admission refuses to controllers of a namespace, as their Events say. Nothing when there are
 * none.
 */
export async function lookForRefusedPods(look: EventLook): Promise<void> {
  const { history, namespace } = look
  const value: RefusedPod[] = []
  for (const reason of reasons) {
    value.push(...(await eventsOf(look, `reason=${reason}`)).flatMap(refusedPod))
  }
  if (value.length > 0)
    history.append({ type: 'measurement', what, label: 'by admission', subject: { kind: 'Namespace', name: namespace }, value })
}

function refusedPod(event: ObservedObject): readonly RefusedPod[] {
  const said = field(event, 'message')
  if (typeof said !== 'string' || !(aboutPod.test(said) || aboutPvc.test(said)) || !refusal.test(said) || passing.test(said)) return []
  const [kind, name] = ['kind', 'name'].map((part) => String(field(event, 'involvedObject', part)))
  const at = field(event, 'series', 'lastObservedTime') ?? field(event, 'lastTimestamp') ?? field(event, 'eventTime')
  return [{ by: `${kind} ${name}`, said, at: typeof at === 'string' ? at : '' }]
}

/** What keeps Pods from being made makes all wait that needs Pods: volumes that wait for their first consumer, too. */
for (const kind of ['Pod', 'StatefulSet', 'Deployment', 'Job', 'PersistentVolumeClaim']) defineObstacle({ kind, find: findRefused })

function findRefused(history: readonly HistoryEntry[]): string | undefined {
  const last = history.findLast((entry): entry is Measurement => entry.type === 'measurement' && entry.what === what)
  const all = (last?.value ?? []) as readonly RefusedPod[]
  const refused = all.find((one) => !wasMadeLater(one, history) && !isByQuotaOfSuite(one, history))
  if (refused === undefined) return undefined
  const { by, said } = refused
  const isPvc = aboutPvc.test(said)
  return [
    `the cluster does not let ${by} make its ${isPvc ? 'PVC' : 'Pod'}: ${said.replace(/\.$/u, '')}.`,
    isPvc
      ? 'Have its admission accept the PVCs of suites, by their number, size and class.'
      : 'Have its admission accept the Pods of suites, or set under "workload" in holdfast.yaml what it asks of them.',
  ].join(' ')
}

/**
 * Whether the Pod or the PVC that the message names was seen after it had been refused for the last time. Both times are in whole seconds.
 */
function wasMadeLater({ said, at }: RefusedPod, history: readonly HistoryEntry[]): boolean {
  const names: Readonly<Record<string, string | undefined>> = {
    Pod: /(?:create|for) Pod (\S+) in/iu.exec(said)?.[1],
    PersistentVolumeClaim: aboutPvc.exec(said)?.[1],
  }
  return history.some(
    (entry) =>
      entry.type === 'observation' &&
      entry.object.metadata.name === names[entry.kind] &&
      Date.parse(entry.object.metadata.creationTimestamp ?? '') >= Date.parse(at),
  )
}

/** Whether a quota refused it that the suite itself made, to see what it refuses. */
function isByQuotaOfSuite({ said }: RefusedPod, history: readonly HistoryEntry[]): boolean {
  const quota = /(?:exceeded|failed|status unknown for) quota: ([^\s,:]+)/u.exec(said)?.[1]
  return history.some((entry) => entry.type === 'act' && entry.subject.kind === 'ResourceQuota' && entry.subject.name === quota)
}
