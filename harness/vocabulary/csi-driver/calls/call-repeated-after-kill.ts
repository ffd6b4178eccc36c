import type { Judgement } from '../../../engine/judge/check.ts'
import type { CallsName } from './driver-calls-of.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { Act, HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { judgeCalls } from '../kept-calls.ts'
import { field } from '../../../engine/object.ts'

/**
 * Calls of the CSI driver for a PVC, a method, and the program of the driver's controller that was killed while it waited for an answer.
 */
export interface RepeatedCall {
  readonly calls: CallsName
  readonly method: string
  readonly program: string
}

/**
 * A call of the CSI driver was open when its caller was killed, the driver ended it nevertheless, and the caller came back with the same
 * call. The kill lies between the request for it and its answer: a call counts as open only where it was open all that time.
 */
export const callRepeatedAfterKill = defineCheck<RepeatedCall>({
  name: 'call-repeated-after-kill',
  reads: [],
  describe: ({ calls, method, program }) => `${method} for ${calls.pvc} is open when ${program} is killed, and is called again afterwards`,
  judge: (params, history) => judge(params, history, true),
})

/** A call of the CSI driver was open all the time in which its caller was killed. Whether it came again is another matter. */
export const callOpenAtKill = defineCheck<RepeatedCall>({
  name: 'call-open-at-kill',
  reads: [],
  describe: ({ calls, method, program }) => `${method} for ${calls.pvc} is open when ${program} is killed`,
  judge: (params, history) => judge(params, history, false),
})

function judge({ calls, method, program }: RepeatedCall, history: readonly HistoryEntry[], comesAgain: boolean): Judgement {
  return judgeCalls(calls, history, (all, read) => {
    const asked = history.find((entry): entry is Act => isKillOf(entry, program))
    const killed = history.find((entry) => entry.type === 'act' && entry.actId === asked?.actId && entry.phase === 'accepted')
    if (asked === undefined || killed === undefined) return inconclusive(`${program} was not killed.`)
    const made = all.filter((call) => call.method === method)
    const [from, to] = [Date.parse(asked.at), Date.parse(killed.at)]
    const open = made.find((call) => Date.parse(call.at) < from && Date.parse(call.at) + (call.durationMs ?? 0) > to)
    const again = made.find((call) => Date.parse(call.at) > from)
    if (open !== undefined && (again !== undefined || !comesAgain)) return { outcome: 'upheld', evaluated: made.length }
    const fault = open === undefined ? `was open when ${program} was killed` : `came after ${program} was killed`
    return violated(`No ${method} for PersistentVolumeClaim ${calls.pvc} ${fault}.`, {
      expected: `one open from ${asked.at} until ${killed.at}${comesAgain ? ', and another one later' : ''}`,
      actual: made.map(({ at, durationMs, code }) => `${at} for ${durationMs} ms: ${code}`).join(', ') || `no ${method}`,
      entries: [asked, killed, read],
    })
  })
}

function isKillOf(entry: HistoryEntry, program: string): boolean {
  return entry.type === 'act' && entry.verb === 'kill' && entry.phase === 'requested' && field(entry.request, 'program') === program
}
