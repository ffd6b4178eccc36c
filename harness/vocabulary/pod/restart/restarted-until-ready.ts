import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { isReadyPod, restartsOf } from '../readings.ts'

/** A Pod by name, and what else is to be so of its restarts. */
export interface RestartedPod {
  readonly pod: string
  /** Exit code with which its container is to end each time before the Pod is Ready; any when absent. */
  readonly exitCode?: number
  /** Pod without which this one cannot become Ready. */
  readonly leader?: string
}

/** The containers of a Pod were restarted before it became Ready for the first time, which it was not before its leader. */
export const restartedUntilReady = defineCheck<RestartedPod>({
  name: 'restarted-until-ready',
  reads: ['Pod'],
  describe: ({ pod, exitCode, leader }) =>
    `Pod ${pod} is restarted${exitCode === undefined ? '' : ` after exit code ${exitCode}`} before it becomes Ready${
      leader === undefined ? '' : `, which is after Pod ${leader}`
    }`,
  judge,
})

function judge({ pod, exitCode, leader }: RestartedPod, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Pod', pod)
  const ready = firstReady(history, pod)
  if (ready === undefined) return inconclusive(`Pod ${pod} was never seen Ready.`)
  const restarts = restartsOf(ready.object)
  if (restarts === 0)
    return violated(`Pod ${pod} became Ready without a restart.`, { expected: 'at least 1 restart', actual: 'none', entries: [ready] })
  const ends = seen.filter(({ seq }) => seq <= ready.seq).flatMap((entry) => exitCodesOf(entry).map((code) => ({ entry, code })))
  const other = exitCode === undefined ? undefined : ends.find(({ code }) => code !== exitCode)
  if (other !== undefined)
    return violated(`The container of Pod ${pod} ended with exit code ${String(other.code)} before the Pod was Ready.`, {
      expected: `exit code ${String(exitCode)}`,
      actual: `exit code ${String(other.code)}`,
      entries: [other.entry],
    })
  if (exitCode !== undefined && ends.length === 0) return inconclusive(`The end of no container of Pod ${pod} was seen.`, [ready.seq])
  const led = leader === undefined ? undefined : firstReady(history, leader)
  if (leader !== undefined && (led === undefined || led.seq > ready.seq))
    return violated(`Pod ${pod} became Ready before Pod ${leader}.`, { entries: [ready, ...(led === undefined ? [] : [led])] })
  return { outcome: 'upheld', evaluated: restarts }
}

function firstReady(history: readonly HistoryEntry[], pod: string): Observation | undefined {
  return observationsOf(history, 'Pod', pod).find(({ object }) => isReadyPod(object))
}

/** Exit codes of the containers of a Pod that ended, now or the time before. */
function exitCodesOf({ object }: Observation): readonly unknown[] {
  const statuses = field(object, 'status', 'containerStatuses')
  const ends = (Array.isArray(statuses) ? statuses : []).flatMap((one) => [field(one, 'state'), field(one, 'lastState')])
  return ends.map((end) => field(end, 'terminated', 'exitCode')).filter((code) => code !== undefined)
}
