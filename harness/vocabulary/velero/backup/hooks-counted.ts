import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'

/** How many hooks of a Backup were run, and how many of them failed. */
export interface HookCount {
  readonly backup: string
  readonly attempted: number
  readonly failed: number
}

/** The status of a Backup counts its hooks. See https://velero.io/docs/main/api-types/backup/ */
export const hooksCounted = defineCheck<HookCount>({
  name: 'hooks-counted',
  reads: ['Backup'],
  describe: ({ backup, attempted, failed }) => `Backup ${backup} counts ${attempted} hooks, ${failed} of them failed`,
  judge,
})

function judge({ backup, attempted, failed }: HookCount, history: readonly HistoryEntry[]): Judgement {
  const last = observationsOf(history, 'Backup', backup).at(-1)
  if (last === undefined || field(last.object, 'status', 'completionTimestamp') === undefined)
    return inconclusive(`Backup ${backup} was never seen to have ended.`)
  const count = (name: string) => Number(field(last.object, 'status', 'hookStatus', name) ?? 0)
  const found = { attempted: count('hooksAttempted'), failed: count('hooksFailed') }
  if (found.attempted === attempted && found.failed === failed) return { outcome: 'upheld', evaluated: 1 }
  return violated(`Backup ${backup} counts ${found.attempted} hooks, ${found.failed} of them failed.`, {
    expected: `${attempted} hooks, ${failed} failed`,
    actual: `${found.attempted} hooks, ${found.failed} failed`,
    entries: [last],
  })
}
