import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { observationsOf } from '../../engine/object.ts'
import { isReadyPod, restartsOf } from './readings.ts'

/** A Pod by name. */
export interface RestartedPod {
  readonly pod: string
}

/** The containers of a Pod were restarted before it became Ready for the first time. */
export const restartedUntilReady = defineCheck<RestartedPod>({
  name: 'restarted-until-ready',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} is restarted before it becomes Ready`,
  judge,
})

function judge({ pod }: RestartedPod, history: readonly HistoryEntry[]): Judgement {
  const ready = observationsOf(history, 'Pod', pod).find(({ object }) => isReadyPod(object))
  if (ready === undefined) return inconclusive(`Pod ${pod} was never seen Ready.`)
  const restarts = restartsOf(ready.object)
  if (restarts > 0) return { outcome: 'upheld', evaluated: restarts }
  return violated(`Pod ${pod} became Ready without a restart.`, { expected: 'at least 1 restart', actual: 'none', entries: [ready] })
}
