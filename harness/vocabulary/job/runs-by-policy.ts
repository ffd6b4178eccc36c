import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { isUnderWay, runsOf } from './runs-of.ts'

/** A CronJob whose runs last longer than its period, and what comes of the second run. */
export interface SecondRun {
  readonly cronJob: string
  /** It begins beside the first, is left out, or begins when the first is gone. */
  readonly second: 'beside' | 'left-out' | 'instead'
}

const worded = { beside: 'beside the first', 'left-out': 'left out', instead: 'in place of the first' } as const

/** The second run of a CronJob begins beside the first, is left out, or takes its place. */
export const runsByPolicy = defineCheck<SecondRun>({
  name: 'runs-by-policy',
  reads: ['Job'],
  describe: ({ cronJob, second }) => `the second run of CronJob ${cronJob} is ${worded[second]}`,
  judge,
})

function judge({ cronJob, second }: SecondRun, history: readonly HistoryEntry[]): Judgement {
  const runs = runsOf(history, cronJob)
  if (runs.length === 0) return inconclusive(`CronJob ${cronJob} never ran.`)
  const together = runs.map(({ seen }) => {
    const until = history.slice(0, history.indexOf(seen) + 1)
    return runs.filter(({ job }) => isUnderWay(until, job)).length
  })
  const most = Math.max(...together)
  const found = runs.length === 1 ? 'left-out' : most > 1 ? 'beside' : 'instead'
  if (found === second) return { outcome: 'upheld', evaluated: runs.length }
  return violated(`The second run of CronJob ${cronJob} was ${worded[found]} instead of ${worded[second]}.`, {
    expected: worded[second],
    actual: `${runs.length} runs, ${most} at the same time: ${runs.map(({ job }) => job).join(', ')}`,
    entries: runs.map(({ seen }) => seen),
  })
}
