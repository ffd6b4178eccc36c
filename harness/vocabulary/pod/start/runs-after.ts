import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { hasEnded } from '../readings.ts'

/** Two Pods that are not to run at the same time. */
export interface Succession {
  readonly first: string
  readonly second: string
}

/**
 * No container of the second Pod starts before all containers of the first have ended, by the times that their kubelets give, which are in
 * whole seconds.
 */
export const runsAfter = defineCheck<Succession>({
  name: 'runs-after',
  reads: ['Pod'],
  describe: ({ first, second }) => `the containers of Pod ${second} start only after those of Pod ${first} have ended`,
  judge,
})

function judge({ first, second }: Succession, history: readonly HistoryEntry[]): Judgement {
  const before = observationsOf(history, 'Pod', first)
  const after = observationsOf(history, 'Pod', second).find((seen) => timesOf(seen, 'startedAt').length > 0)
  const ended = before.find(({ object }) => hasEnded(object))
  const last = before.at(-1)
  if (last === undefined) return inconclusive(`Pod ${first} was never seen.`)
  const [start] = after === undefined ? [] : timesOf(after, 'startedAt')
  if (after === undefined || start === undefined) return inconclusive(`No container of Pod ${second} was seen to start.`, [last.seq])
  const end = ended === undefined ? undefined : timesOf(ended, 'finishedAt').at(-1)
  const expected = `${first} ended, then ${second} started`
  if (ended === undefined && last.event !== 'DELETED')
    return violated(`Pod ${second} started at ${start} though Pod ${first} had not ended.`, {
      ...{ expected, actual: `${second} started at ${start}, ${first} never ended` },
      entries: [last, after],
    })
  if (ended === undefined || end === undefined) return inconclusive(`The end of the containers of Pod ${first} was never seen.`, [last.seq])
  if (Date.parse(start) >= Date.parse(end)) return { outcome: 'upheld', evaluated: 2 }
  return violated(`Pod ${second} started at ${start}, before the containers of Pod ${first} ended at ${end}.`, {
    ...{ expected, actual: `${second} started at ${start}, ${first} ended at ${end}` },
    entries: [after, ended],
  })
}

/** When containers of a Pod started, or ended, in order of time. */
function timesOf({ object }: Observation, what: 'startedAt' | 'finishedAt'): readonly string[] {
  const statuses = field(object, 'status', 'containerStatuses')
  const states = (Array.isArray(statuses) ? statuses : []).flatMap((status) => [field(status, 'state'), field(status, 'lastState')])
  const times = states.flatMap((state) => [field(state, 'running', what), field(state, 'terminated', what)])
  return times.filter((time) => typeof time === 'string').toSorted((one, other) => one.localeCompare(other))
}
