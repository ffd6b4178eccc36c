import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { isReadyPod } from '../../pod/readings.ts'

/** Pods by name. */
export interface PodNames {
  readonly pods: readonly string[]
  /** Which Pods of these names: the first ones, though others took their places, or those that were seen last. Last when absent. */
  readonly which?: 'first' | 'last'
}

/**
 * Each of the Pods was created before any other of them was Ready.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#parallel-pod-management
 */
export const startTogether = defineCheck<PodNames>({
  name: 'start-together',
  reads: ['Pod'],
  describe: ({ pods }) => `${pods.join(', ')} are created without waiting for one another`,
  judge: (names, history) =>
    judged(names, history, {
      began: ({ event }) => event === 'ADDED',
      over: ({ object }) => isReadyPod(object),
      broken: (late, early) => `Pod ${late} was created only after Pod ${early} was Ready.`,
    }),
})

/** Each of the Pods began to terminate before any other of them was gone. */
export const endTogether = defineCheck<PodNames>({
  name: 'end-together',
  reads: ['Pod'],
  describe: ({ pods }) => `${pods.join(', ')} begin to terminate without waiting for one another`,
  judge: (names, history) =>
    judged(names, history, {
      began: ({ event, object }) => event === 'DELETED' || object.metadata.deletionTimestamp !== undefined,
      over: ({ event }) => event === 'DELETED',
      broken: (late, early) => `Pod ${late} began to terminate only after Pod ${early} was gone.`,
    }),
})

interface Phase {
  began(observation: Observation): boolean
  over(observation: Observation): boolean
  broken(late: string, early: string): string
}

/** Judges one Pod of each name: others of that name may have been there before or after. */
function judged({ pods, which = 'last' }: PodNames, history: readonly HistoryEntry[], { began, over, broken }: Phase): Judgement {
  const spans = pods.map((pod) => {
    const all = observationsOf(history, 'Pod', pod)
    const one = all.at(which === 'first' ? 0 : -1)
    const seen = all.filter(({ object }) => object.metadata.uid === one?.object.metadata.uid)
    return { pod, begin: seen.find(began), end: seen.find(over) }
  })
  const open = spans.find(({ begin }) => begin === undefined)
  if (open !== undefined) return inconclusive(`Pod ${open.pod} was not seen from the beginning: whether it waited for another is unknown.`)
  for (const { pod: late, begin } of spans) {
    const early = spans.find(({ pod, end }) => pod !== late && end !== undefined && begin !== undefined && end.seq < begin.seq)
    if (early?.end !== undefined && begin !== undefined) return violated(broken(late, early.pod), { entries: [early.end, begin] })
  }
  return { outcome: 'upheld', evaluated: spans.length }
}
