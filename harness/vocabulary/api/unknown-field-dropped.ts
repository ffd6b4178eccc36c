import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field as fieldOf, observationsOf } from '../../engine/object.ts'

/** A Backup, and a field of its spec that the kind does not have. */
export interface UnknownField {
  readonly backup: string
  readonly field: string
}

/** A Backup is stored without a field that it was sent with and that its kind does not have. */
export const unknownFieldDropped = defineCheck<UnknownField>({
  name: 'unknown-field-dropped',
  reads: ['Backup'],
  describe: ({ backup, field }) => `Backup ${backup} is stored without ${field}`,
  judge,
})

function judge({ backup, field }: UnknownField, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Backup', backup)
  const [first] = seen
  if (first === undefined) return inconclusive(`Backup ${backup} was never seen.`)
  const sent = history.some(
    (entry) => entry.type === 'act' && entry.subject.name === backup && fieldOf(entry.request, 'spec', field) !== undefined,
  )
  if (!sent) return inconclusive(`Backup ${backup} was not sent with ${field}.`, [first.seq])
  const kept = seen.find(({ object }) => fieldOf(object, 'spec', field) !== undefined)
  if (kept === undefined) return { outcome: 'upheld', evaluated: seen.length }
  return violated(`Backup ${backup} is stored with ${field}: ${JSON.stringify(fieldOf(kept.object, 'spec', field))}.`, {
    expected: `no ${field}`,
    actual: JSON.stringify(fieldOf(kept.object, 'spec', field)),
    entries: [kept],
  })
}
