import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { isReadyPod } from '../readings.ts'

/** Pods by name, and the Pod that they are to be ahead of. */
export interface Followers {
  readonly pods: readonly string[]
  readonly leader: string
}

/** A container of each of these Pods was started before the leader was Ready for the first time. */
export const startedBefore = defineCheck<Followers>({
  name: 'started-before',
  reads: ['Pod'],
  describe: ({ pods, leader }) => `${pods.join(', ')} are started before Pod ${leader} is Ready`,
  judge,
})

function judge({ pods, leader }: Followers, history: readonly HistoryEntry[]): Judgement {
  const ready = observationsOf(history, 'Pod', leader).find(({ object }) => isReadyPod(object))
  if (ready === undefined) return inconclusive(`Pod ${leader} was never seen Ready.`)
  for (const pod of pods) {
    const started = observationsOf(history, 'Pod', pod).find(({ object }) => hasStarted(object))
    if (started === undefined) return inconclusive(`No container of Pod ${pod} was seen to start.`)
    if (started.seq > ready.seq)
      return violated(`Pod ${pod} was seen to start only after Pod ${leader} was Ready.`, { entries: [ready, started] })
  }
  return { outcome: 'upheld', evaluated: pods.length }
}

function hasStarted(pod: unknown): boolean {
  const statuses = field(pod, 'status', 'containerStatuses')
  const states = (Array.isArray(statuses) ? statuses : []).map((one) => field(one, 'state'))
  return states.some((state) => field(state, 'running') !== undefined || field(state, 'terminated') !== undefined)
}
