import { isDeepStrictEqual } from 'node:util'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** Two objects of a kind, and a field of both by its path. */
export interface SameField {
  readonly kind: string
  readonly names: readonly [string, string]
  readonly path: readonly string[]
}

/** The API server keeps two objects with the same value in one field, and it is there. */
export const sameFieldStored = defineCheck<SameField>({
  name: 'same-field-stored',
  reads: ({ kind }) => [kind],
  describe: ({ kind, names, path }) => `${kind} ${names.join(' and ')} are stored with the same ${path.join('.')}`,
  judge,
})

function judge({ kind, names, path }: SameField, history: readonly HistoryEntry[]): Judgement {
  const [one, other] = names.map((name) => observationsOf(history, kind, name).at(-1))
  if (one === undefined || other === undefined) return inconclusive(`${kind} ${names.join(' and ')} were not both seen.`)
  const [first, second] = [one, other].map(({ object }) => field(object, ...path))
  if (first !== undefined && isDeepStrictEqual(first, second)) return { outcome: 'upheld', evaluated: 2 }
  return violated(`${kind} ${names.join(' and ')} are stored with different ${path.join('.')}.`, {
    expected: JSON.stringify(first),
    actual: JSON.stringify(second),
    entries: [one, other],
  })
}
