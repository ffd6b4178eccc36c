import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** A Pod, and the node that it was on when that was lost. */
export interface EvictedFrom {
  readonly pod: string
  readonly node: string
}

/** Seconds that a Pod stays on a node which is not Ready or does not answer, unless it says otherwise. */
const tolerated = 300

/** Times of the API server are in whole seconds, and a busy controller acts late. */
const margin = { early: 1, late: 30 } as const

/**
 * A Pod is marked for deletion five minutes after its node got the taint of one that is not Ready or does not answer, no sooner, and not
 * much later. See https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions
 */
export const evictedAfterFiveMinutes = defineCheck<EvictedFrom>({
  name: 'evicted-after-five-minutes',
  reads: ['Pod', 'Node'],
  describe: ({ pod, node }) => `Pod ${pod} is marked for deletion ${tolerated} s after node ${node} was lost`,
  judge,
})

function judge({ pod, node }: EvictedFrom, history: readonly HistoryEntry[]): Judgement {
  const lost = observationsOf(history, 'Node', node).find((entry) => lostSince(entry) !== undefined)
  const seen = observationsOf(history, 'Pod', pod)
  const last = seen.at(-1)
  if (lost === undefined) return inconclusive(`Node ${node} was never seen with the taint of one that is lost.`)
  if (last === undefined) return inconclusive(`Pod ${pod} was never seen.`)
  const since = lostSince(lost) ?? 0
  const marked = seen.find(({ object }) => object.metadata.deletionTimestamp !== undefined)
  const secondsUntil = (time: number) => (time - since) / 1000
  const expected = `marked for deletion ${tolerated} to ${tolerated + margin.late} s after the taint`
  if (marked === undefined) {
    const passed = secondsUntil(Date.parse(history.at(-1)?.at ?? ''))
    if (passed <= tolerated + margin.late) return inconclusive(`Node ${node} was lost for ${Math.floor(passed)} s only.`, [lost.seq])
    return violated(`Pod ${pod} was not marked for deletion in ${Math.floor(passed)} s after node ${node} was lost.`, {
      ...{ expected, actual: 'not marked' },
      entries: [lost, last],
    })
  }
  const after = secondsUntil(markedAt(marked))
  if (after >= tolerated - margin.early && after <= tolerated + margin.late) return { outcome: 'upheld', evaluated: 1 }
  return violated(`Pod ${pod} was marked for deletion ${after} s after node ${node} was lost.`, {
    ...{ expected, actual: `${after} s after it` },
    entries: [lost, marked],
  })
}

/** Since when a node has the taint that makes its Pods leave, in milliseconds. */
function lostSince({ object }: Observation): number | undefined {
  const taints = field(object, 'spec', 'taints')
  const ofLoss = (Array.isArray(taints) ? taints : []).find(
    (taint) =>
      field(taint, 'effect') === 'NoExecute' &&
      ['node.kubernetes.io/unreachable', 'node.kubernetes.io/not-ready'].includes(String(field(taint, 'key'))),
  )
  const time = Date.parse(String(field(ofLoss, 'timeAdded')))
  return Number.isNaN(time) ? undefined : time
}

/** When a Pod was marked: its deletion timestamp is the end of its grace period. */
function markedAt({ object: { metadata } }: Observation): number {
  const grace = Number(field(metadata, 'deletionGracePeriodSeconds') ?? 0)
  return Date.parse(metadata.deletionTimestamp ?? '') - grace * 1000
}
