import type { Judgement } from '../../../engine/judge/check.ts'
import type { CallsName } from './driver-calls-of.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { judgeCalls } from '../kept-calls.ts'

/** Calls of the CSI driver for a PVC that was deleted, and a method. */
export interface OpenCall {
  readonly calls: CallsName
  readonly method: string
}

/** A call of the CSI driver for a PersistentVolumeClaim was open from the request to delete the PVC until that was answered. */
export const callOpenAtDeletion = defineCheck<OpenCall>({
  name: 'call-open-at-deletion',
  reads: [],
  describe: ({ calls, method }) => `${method} for ${calls.pvc} is open when that is deleted`,
  judge,
})

function judge({ calls, method }: OpenCall, history: readonly HistoryEntry[]): Judgement {
  return judgeCalls(calls, history, (all, read) => {
    const asked = history.find((entry) => isDeletionOf(entry, calls.pvc))
    const done = history.find(
      (entry) => entry.type === 'act' && asked?.type === 'act' && entry.actId === asked.actId && entry.phase === 'accepted',
    )
    if (asked === undefined || done === undefined) return inconclusive(`PersistentVolumeClaim ${calls.pvc} was not deleted.`)
    const made = all.filter((call) => call.method === method)
    const [from, to] = [Date.parse(asked.at), Date.parse(done.at)]
    if (made.some(({ at, durationMs = 0 }) => Date.parse(at) < from && Date.parse(at) + durationMs > to))
      return { outcome: 'upheld', evaluated: made.length }
    return violated(`No ${method} for PersistentVolumeClaim ${calls.pvc} was open when that was deleted.`, {
      expected: `one open from ${asked.at} until ${done.at}`,
      actual: made.map(({ at, durationMs, code }) => `${at} for ${durationMs} ms: ${code}`).join(', ') || `no ${method}`,
      entries: [asked, done, read],
    })
  })
}

function isDeletionOf(entry: HistoryEntry, pvc: string): boolean {
  if (entry.type !== 'act' || entry.verb !== 'delete' || entry.phase !== 'requested') return false
  return entry.subject.kind === 'PersistentVolumeClaim' && entry.subject.name === pvc
}
