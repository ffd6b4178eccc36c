import type { Judgement } from '../../engine/judge/check.ts'
import { faultsOf, type FoundWrites } from './workload/continuous-writes.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { measurementOf } from '../../engine/measurement.ts'
import type { SnapshotWindows } from './holds-acknowledged-prefix.ts'

/** Whatever was written by then: it is judged which writes are there together, not of which time they are. */
const anyTime = { atLeast: 0, atMost: Infinity }

/** At least one of the restored volumes holds a state that its source never had: a write without one that was made before it. */
export const neverHeldBySource = defineCheck<SnapshotWindows>({
  name: 'never-held-by-source',
  reads: [],
  describe: ({ moments }) => `at least one of ${moments.length} restored volumes holds a write without all that was written before it`,
  judge,
})

function judge({ moments }: SnapshotWindows, history: readonly HistoryEntry[]): Judgement {
  const read = moments.map(({ found: { pod, label } }) => measurementOf(history, { what: 'writes', label, subject: pod }))
  const found = read.filter((entry) => entry !== undefined)
  const unread = moments[read.indexOf(undefined)]
  if (unread !== undefined) return inconclusive(`The volume made from ${unread.volumeSnapshot} was never read.`)
  const written = found.filter(({ value }) => (value as FoundWrites).sequence.length > 0)
  const [first] = written
  if (first === undefined) return inconclusive('No restored volume holds a write.')
  const isUnreadable = ({ value }: Measurement) => (value as FoundWrites).unreadable.length > 0
  const torn = written.filter((entry) => !isUnreadable(entry) && faultsOf(entry.value as FoundWrites, anyTime).length > 0)
  if (torn.length > 0) return { outcome: 'upheld', evaluated: torn.length }
  const unreadable = written.find(isUnreadable)
  if (unreadable !== undefined) return inconclusive('A restored volume could not be read, which may have other reasons.', [unreadable.seq])
  return violated(`Each of ${written.length} restored volumes is what its source was at one instant.`, {
    ...{ expected: 'a write without one that was made before it', actual: 'whole sequences', entries: written },
  })
}
