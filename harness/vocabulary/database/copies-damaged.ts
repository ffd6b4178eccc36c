import type { Judgement } from '../../engine/judge/check.ts'
import type { FoundCopy } from './copy-in.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { counterFaults, type CounterOf, type Counters } from './counters-complete.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { measurementOf } from '../../engine/measurement.ts'
import { field } from '../../engine/object.ts'

/**
 * Of some copies of a database at least one is of no use: its server does not start, or does not have what was committed, or is damaged.
 */
export const copiesDamaged = defineCheck<Counters>({
  name: 'copies-damaged',
  reads: [],
  describe: ({ counters }) => `of the copies in ${counters.map(({ found }) => found.pod).join(', ')} at least one is of no use`,
  judge,
})

function judge({ counters }: Counters, history: readonly HistoryEntry[]): Judgement {
  const judged = counters.map((counter) => ({ counter, ...readingOf(counter, history) }))
  const unread = judged.find(({ faults }) => faults === undefined)
  if (unread !== undefined) return inconclusive(`The copy in Pod ${unread.counter.found.pod} was never looked at.`)
  const damaged = judged.filter(({ faults = [] }) => faults.length > 0)
  if (damaged.length > 0) return { outcome: 'upheld', evaluated: judged.length }
  return violated(`Each of ${judged.length} copies of the files of a running server is whole, which they are not to be.`, {
    expected: 'at least one of no use',
    actual: 'all whole',
    entries: judged.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
  })
}

function readingOf({ found, before, after }: CounterOf, history: readonly HistoryEntry[]) {
  const entry = measurementOf(history, { what: 'copy', label: found.label, subject: found.pod })
  const [atLeast, last] = [before, after].map(({ pod, label }) =>
    field(measurementOf(history, { what: 'acknowledged', label, subject: pod })?.value, 'record'),
  )
  if (entry === undefined || typeof atLeast !== 'number' || typeof last !== 'number') return {}
  const { started, counter, said } = entry.value as FoundCopy
  if (!started || counter === null) return { entry, faults: [started ? said : 'the server does not start'] }
  return { entry, faults: [...counterFaults(counter, { atLeast, atMost: last + 1 }), ...(said === '' ? [] : [said])] }
}
