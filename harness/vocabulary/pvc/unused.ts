import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, latest, observationsOf } from '../../engine/object.ts'

/** PersistentVolumeClaims and the status of their condition Unused. */
export interface ShownUnused {
  readonly pvcs: readonly string[]
  readonly unused: 'True' | 'False'
}

/** The condition Unused of PersistentVolumeClaims has a status. */
export const shownUnused = defineCondition<ShownUnused>({
  name: 'shown-unused',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvcs, unused }) => `condition Unused of ${pvcs.join(', ')} ${unused}`,
  holds: ({ pvcs, unused }, history) => pvcs.every((pvc) => statusOf(history, pvc) === unused),
  seen: ({ pvcs }, history) => describeUnused(history, pvcs),
})

/** The condition Unused of PersistentVolumeClaims is there, whatever its status. */
export const unusedKnown = defineCondition<Pick<ShownUnused, 'pvcs'>>({
  name: 'unused-known',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvcs }) => `condition Unused of ${pvcs.join(', ')}`,
  holds: ({ pvcs }, history) => pvcs.every((pvc) => statusOf(history, pvc) !== undefined),
  seen: ({ pvcs }, history) => describeUnused(history, pvcs),
})

/** A PersistentVolumeClaim, all Pods that were made to use it, and how often the last of them ended before the next one was made. */
export interface UnusedSince {
  readonly pvc: string
  readonly pods: readonly string[]
  readonly times: number
}

/**
 * Once one of its Pods is there, a PersistentVolumeClaim becomes Unused so many times, never while one of its Pods has not ended. Its
 * condition says when that was: no earlier than its Pods ended, and no later than the API server stored it. A Pod that is there and has
 * ended uses nothing. See https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/
 */
export const unusedSince = defineCheck<UnusedSince>({
  name: 'unused-since',
  reads: ['PersistentVolumeClaim', 'Pod'],
  describe: ({ pvc, pods, times }) =>
    `PersistentVolumeClaim ${pvc} becomes Unused ${times} times, each time since the last of Pods ${pods.join(', ')} ended`,
  judge,
})

/** Seconds by which clocks of components may differ, which note whole seconds. */
const tolerance = 1

function judge({ pvc, pods, times }: UnusedSince, history: readonly HistoryEntry[]): Judgement {
  const noted = observationsOf(history, 'PersistentVolumeClaim', pvc).filter(({ object }) => conditionOf(object) !== undefined)
  if (noted.length === 0) return inconclusive(`PersistentVolumeClaim ${pvc} was never seen with the condition Unused.`)
  const missing = pods.find((pod) => observationsOf(history, 'Pod', pod).length === 0)
  if (missing !== undefined) return inconclusive(`Pod ${missing} was never seen.`)
  const everUnused = noted.filter(({ object }, index) => becomesUnused(object, noted[index - 1]?.object))
  for (const entry of everUnused) {
    const wrong = wrongSince(entry, { pvc, pods }, history)
    if (wrong !== undefined) return wrong
  }
  // Until its first Pod is made, it may be Bound and Unused.
  const became = everUnused.filter((entry) => pods.some((pod) => wasMade(observationsOf(history, 'Pod', pod), entry)))
  if (became.length === times) return { outcome: 'upheld', evaluated: noted.length }
  return violated(`PersistentVolumeClaim ${pvc} became Unused ${became.length} times, and its Pods left it ${times} times.`, {
    expected: String(times),
    actual: String(became.length),
    entries: became.length === 0 ? noted.slice(-1) : became,
  })
}

/** What is wrong with the time at which a PersistentVolumeClaim is said to have become Unused; undefined when nothing is. */
function wrongSince(
  entry: Observation,
  { pvc, pods }: Omit<UnusedSince, 'times'>,
  history: readonly HistoryEntry[],
): Judgement | undefined {
  const shown = sinceOf(entry.object) ?? 'never'
  const since = Date.parse(shown)
  if (Number.isNaN(since))
    return violated(`PersistentVolumeClaim ${pvc} is Unused, and its condition does not say since when.`, {
      expected: 'a lastTransitionTime',
      actual: shown,
      entries: [entry],
    })
  if (entry.writtenAt !== undefined && since > Date.parse(entry.writtenAt) + tolerance * 1000)
    return violated(
      `PersistentVolumeClaim ${pvc} is Unused since ${shown}, which is later than ${entry.writtenAt}, when that was stored.`,
      {
        expected: `at the latest ${entry.writtenAt}`,
        actual: shown,
        entries: [entry],
      },
    )
  for (const pod of pods) {
    const seen = observationsOf(history, 'Pod', pod)
    if (!wasMade(seen, entry)) continue
    const ended = endOf(seen)
    if (ended !== undefined && since + tolerance * 1000 >= ended) continue
    const end = ended === undefined ? 'has not ended' : `ended at ${new Date(ended).toISOString()}`
    return violated(`PersistentVolumeClaim ${pvc} is Unused since ${shown}, but Pod ${pod}, which uses it, ${end}.`, {
      expected: 'not before the end of its last Pod',
      actual: shown,
      entries: [entry, ...seen.slice(-1)],
    })
  }
  return undefined
}

/** Whether a Pod was there before a PersistentVolumeClaim became Unused, for longer than the controller needs to see it. */
function wasMade([first]: readonly Observation[], entry: Observation): boolean {
  if (first === undefined || first.seq > entry.seq) return false
  const made = Date.parse(first.object.metadata.creationTimestamp ?? '')
  return !(made + tolerance * 1000 >= Date.parse(sinceOf(entry.object) ?? ''))
}

/** The earliest time at which a Pod may count as ended, in milliseconds; undefined when it has not ended. */
function endOf(seen: readonly Observation[]): number | undefined {
  const stopped = seen.map(({ object }) => stoppedAt(object)).findLast((time) => time !== undefined)
  if (stopped !== undefined) return stopped
  const last = seen.at(-1)
  if (last?.event !== 'DELETED') return undefined
  const { deletionTimestamp } = last.object.metadata
  if (deletionTimestamp === undefined) return Number.NEGATIVE_INFINITY
  return Date.parse(deletionTimestamp) - Number(field(last.object, 'metadata', 'deletionGracePeriodSeconds') ?? 0) * 1000
}

/** When the last container of a Pod that has ended stopped, in milliseconds. */
function stoppedAt(pod: unknown): number | undefined {
  const phase = field(pod, 'status', 'phase')
  const statuses = field(pod, 'status', 'containerStatuses')
  if ((phase !== 'Succeeded' && phase !== 'Failed') || !Array.isArray(statuses)) return undefined
  const times = statuses.map((status) => Date.parse(String(field(status, 'state', 'terminated', 'finishedAt'))))
  return times.length === 0 || times.some(Number.isNaN) ? undefined : Math.max(...times)
}

function statusOf(history: readonly HistoryEntry[], pvc: string): string | undefined {
  const status = field(conditionOf(latest(history, 'PersistentVolumeClaim', pvc)), 'status')
  return typeof status === 'string' ? status : undefined
}

function describeUnused(history: readonly HistoryEntry[], pvcs: readonly string[]): string {
  return pvcs.map((pvc) => `${pvc} ${statusOf(history, pvc) ?? 'without the condition'}`).join(', ')
}

function conditionOf(pvc: unknown): unknown {
  const conditions = field(pvc, 'status', 'conditions')
  return Array.isArray(conditions) ? conditions.find((one) => field(one, 'type') === 'Unused') : undefined
}

/** Whether a PersistentVolumeClaim is Unused that was not before, or was since another time. */
function becomesUnused(pvc: unknown, before: unknown): boolean {
  return isUnused(pvc) && (!isUnused(before) || sinceOf(pvc) !== sinceOf(before))
}

function isUnused(pvc: unknown): boolean {
  return field(conditionOf(pvc), 'status') === 'True'
}

/** Since when a PersistentVolumeClaim is Unused, as its condition says it; undefined where it is not, or not said. */
function sinceOf(pvc: unknown): string | undefined {
  const since = field(conditionOf(pvc), 'lastTransitionTime')
  return isUnused(pvc) && typeof since === 'string' ? since : undefined
}
