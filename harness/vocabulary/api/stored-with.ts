import { isDeepStrictEqual } from 'node:util'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** An object, a field of it by path, and what it is to hold: null where it is to be absent. */
export interface StoredField {
  readonly kind: string
  readonly name: string
  readonly path: readonly string[]
  readonly value: unknown
}

/** The API server keeps an object with one value in one field. */
export const storedWith = defineCheck<StoredField>({
  name: 'stored-with',
  reads: ({ kind }) => [kind],
  describe: ({ kind, name, path, value }) => `${kind} ${name} is stored with ${worded(path, value)}`,
  judge,
})

function judge({ kind, name, path, value }: StoredField, history: readonly HistoryEntry[]): Judgement {
  const last = observationsOf(history, kind, name).at(-1)
  if (last === undefined) return inconclusive(`${kind} ${name} was never seen.`)
  const found = field(last.object, ...path) ?? null
  if (isDeepStrictEqual(found, value)) return { outcome: 'upheld', evaluated: 1 }
  return violated(`${kind} ${name} is stored with ${worded(path, found)} instead of ${worded(path, value)}.`, {
    expected: worded(path, value),
    actual: worded(path, found),
    entries: [last],
  })
}

function worded(path: readonly string[], value: unknown): string {
  const name = path.at(-1) ?? ''
  return value === null ? `no ${name}` : `${name} ${typeof value === 'string' && value !== '' ? value : JSON.stringify(value)}`
}
