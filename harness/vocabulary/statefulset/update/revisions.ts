import { field, isOwnedBy, latest, observationsOf } from '../../../engine/object.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { Condition } from '../../../engine/judge/check.ts'
import type { HistoryEntry, ObservedObject } from '../../../engine/history/history-entry.ts'
import type { History } from '../../../engine/history/history.ts'
import { catchUpOn } from '../../../engine/judge/catch-up-on.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'
import { isHealthy, stateOf } from '../../pod/conditions.ts'

/** A StatefulSet and its Pods by the template that they are made from. */
export interface Revisions {
  readonly statefulSet: string
  /** Pods of the template that the StatefulSet has now. */
  readonly updated: readonly string[]
  /** Pods of an earlier template. */
  readonly outdated: readonly string[]
}

/** A StatefulSet and numbers of revisions, in ascending order. */
export interface KeptRevisions {
  readonly statefulSet: string
  readonly revisions: readonly number[]
}

/** These Pods of a StatefulSet are Running and Ready, some made from the template that it has now, some from an earlier one. */
export const revisionsAre = defineCondition<Revisions>({
  name: 'revisions-are',
  reads: ['Pod', 'StatefulSet'],
  describe: ({ statefulSet, updated, outdated }) =>
    [
      ...(updated.length > 0 ? [`${updated.join(', ')} of the new template`] : []),
      ...(outdated.length > 0 ? [`${outdated.join(', ')} of the old one`] : []),
    ].join(' and ') + ` of StatefulSet ${statefulSet}, all Running and Ready`,
  holds({ statefulSet, updated, outdated }, history) {
    const wanted = updateRevision(history, statefulSet)
    if (wanted === undefined || ![...updated, ...outdated].every((pod) => isHealthy(history, pod))) return false
    return updated.every((pod) => revisionOf(history, pod) === wanted) && outdated.every((pod) => revisionOf(history, pod) !== wanted)
  },
  seen({ statefulSet, updated, outdated }, history) {
    const wanted = updateRevision(history, statefulSet)
    const states = [...updated, ...outdated].map((pod) => `${stateOf(history, pod)} of revision ${String(revisionOf(history, pod))}`)
    return `${states.join(', ')}; StatefulSet ${statefulSet} wants ${wanted ?? 'nobody knows which'}`
  },
})

/** The controller of a StatefulSet has read its spec of a generation; nothing is said of the Pods. */
export const generationObserved = defineCondition<{ readonly statefulSet: string; readonly generation: number }>({
  name: 'generation-observed',
  reads: ['StatefulSet'],
  describe: ({ statefulSet, generation }) => `the controller of StatefulSet ${statefulSet} aware of generation ${generation}`,
  holds: ({ statefulSet, generation }, history) => observedGeneration(history, statefulSet) >= generation,
  seen: ({ statefulSet }, history) => `generation ${observedGeneration(history, statefulSet)} observed`,
})

/** The controller of a StatefulSet has read it as it was stored by an act. */
export function changeObserved({ metadata: { name, generation = 0 } }: ObservedObject): Condition {
  return generationObserved({ statefulSet: name, generation })
}

/** The revisions of a StatefulSet's template that are kept are these, by their numbers. */
export const revisionsKept = defineCondition<KeptRevisions>({
  name: 'revisions-kept',
  reads: ['ControllerRevision'],
  describe: ({ statefulSet, revisions }) => `revisions ${revisions.join(', ')} of StatefulSet ${statefulSet} kept`,
  holds: ({ statefulSet, revisions }, history) => numbersOf(history, statefulSet).join() === revisions.join(),
  seen: ({ statefulSet }, history) => `revisions ${numbersOf(history, statefulSet).join(', ')}`,
})

/** A revision of a StatefulSet was deleted. */
export const revisionDeleted = defineCondition<{ readonly statefulSet: string; readonly revision: number }>({
  name: 'revision-deleted',
  reads: ['ControllerRevision'],
  describe: ({ statefulSet, revision }) => `revision ${revision} of StatefulSet ${statefulSet} deleted`,
  holds: ({ statefulSet, revision }, history) =>
    observationsOf(history, 'ControllerRevision').some(
      ({ event, object }) =>
        event === 'DELETED' && isOwnedBy(object, { kind: 'StatefulSet', name: statefulSet }) && field(object, 'revision') === revision,
    ),
  seen: ({ statefulSet }, history) => `revisions ${numbersOf(history, statefulSet).join(', ')}`,
})

/** Change of a StatefulSet that gives it the template of a kept revision again. Throws `Inconclusive` when there is no such revision. */
export async function templateOf(history: History, { statefulSet, revision }: { readonly statefulSet: string; readonly revision: number }) {
  await catchUpOn(history, ['ControllerRevision'])
  const { entries } = history
  const kept = keptOf(entries, statefulSet).find((one) => field(one, 'revision') === revision)
  if (kept !== undefined) return field(kept, 'data')
  throw new Inconclusive().withDetails({ reason: { summary: `StatefulSet ${statefulSet} has no revision ${revision}.` } })
}

/** Revisions of a StatefulSet that are there. */
export function keptOf(history: readonly HistoryEntry[], statefulSet: string): readonly ObservedObject[] {
  const names = new Set(observationsOf(history, 'ControllerRevision').map(({ object }) => object.metadata.name))
  const there = [...names].map((name) => latest(history, 'ControllerRevision', name)).filter((one) => one !== undefined)
  return there.filter((one) => isOwnedBy(one, { kind: 'StatefulSet', name: statefulSet }))
}

function numbersOf(history: readonly HistoryEntry[], statefulSet: string): readonly number[] {
  return keptOf(history, statefulSet)
    .map((one) => Number(field(one, 'revision')))
    .sort((a, b) => a - b)
}

function observedGeneration(history: readonly HistoryEntry[], name: string): number {
  return Number(field(latest(history, 'StatefulSet', name), 'status', 'observedGeneration') ?? 0)
}

function updateRevision(history: readonly HistoryEntry[], name: string): string | undefined {
  const set = latest(history, 'StatefulSet', name)
  const observed = observedGeneration(history, name)
  const revision = field(set, 'status', 'updateRevision')
  return typeof revision === 'string' && observed >= (set?.metadata.generation ?? Infinity) ? revision : undefined
}

function revisionOf(history: readonly HistoryEntry[], pod: string): string | undefined {
  return latest(history, 'Pod', pod)?.metadata.labels?.['controller-revision-hash']
}
