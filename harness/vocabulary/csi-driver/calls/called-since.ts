import type { Judgement } from '../../../engine/judge/check.ts'
import type { CallsName } from './driver-calls-of.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { judgeCalls } from '../kept-calls.ts'

/** Calls of the CSI driver for a PVC, a method, and the mark before which it is not to be called. */
export interface CalledSince {
  readonly calls: CallsName
  readonly method: string
  readonly mark: string
}

/** The CSI driver got a call for a PVC, and never before a mark in the history. */
export const calledSince = defineCheck<CalledSince>({
  name: 'called-since',
  reads: [],
  describe: ({ calls, method, mark }) => `the driver gets ${method} for ${calls.pvc}, and not before: ${mark}`,
  judge,
})

function judge({ calls, method, mark }: CalledSince, history: readonly HistoryEntry[]): Judgement {
  return judgeCalls(calls, history, (all, read) => {
    const from = history.find((entry) => entry.type === 'mark' && entry.name === mark)
    if (from === undefined) return inconclusive(`The history has no mark: ${mark}.`)
    const made = all.filter((call) => call.method === method)
    const early = made.find(({ at }) => Date.parse(at) < Date.parse(from.at))
    if (early === undefined) return { outcome: 'upheld', evaluated: made.length }
    return violated(`The CSI driver was asked to ${method} for PersistentVolumeClaim ${calls.pvc} at ${early.at}, before: ${mark}.`, {
      expected: `not before ${from.at}`,
      actual: early.at,
      entries: [from, read],
    })
  })
}
