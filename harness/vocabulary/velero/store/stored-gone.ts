import type { Judgement } from '../../../engine/judge/check.ts'
import type { Stored } from './stored.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'

/** Labels of two measurements of what the object store keeps of a guarantee. */
export interface StoredTwice {
  readonly before: string
  readonly after: string
}

/** The object store kept something of a guarantee, and keeps nothing of it any more. */
export const storedGone = defineCheck<StoredTwice>({
  name: 'stored-gone',
  reads: [],
  describe: ({ before, after }) => `of what the object store held (${before}) nothing is left (${after})`,
  judge,
})

function judge({ before, after }: StoredTwice, history: readonly HistoryEntry[]): Judgement {
  const [first, last] = [before, after].map((label) =>
    history.findLast((entry) => entry.type === 'measurement' && entry.what === 'stored' && entry.label === label),
  )
  if (first?.type !== 'measurement') return inconclusive(`What is stored was never measured (${before}).`)
  if (last?.type !== 'measurement') return inconclusive(`What is stored was never measured (${after}).`)
  const [held, left] = [first, last].map(({ value }) => (value as Stored).objects)
  if (held === undefined || held === 0) return inconclusive(`Nothing was stored to begin with (${before}).`, [first.seq])
  if (left === 0) return { outcome: 'upheld', evaluated: held }
  return violated(`The object store still holds ${left} of ${held} objects (${after}).`, {
    expected: 'no object',
    actual: `${left} objects`,
    entries: [first, last],
  })
}
