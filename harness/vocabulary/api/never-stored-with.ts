import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import { violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** An object, and a field of it by path that no version of it may have. */
export interface FieldNeverStored {
  readonly kind: string
  readonly name: string
  readonly path: readonly string[]
}

/** No version of an object has the field, not even one that was followed by another without it. */
export const neverStoredWith = defineCheck<FieldNeverStored>({
  name: 'never-stored-with',
  reads: ({ kind }) => [kind],
  describe: ({ kind, name, path }) => `${kind} ${name} never has ${path.at(-1) ?? ''}`,
  judge,
})

function judge({ kind, name, path }: FieldNeverStored, history: readonly HistoryEntry[]): Judgement {
  const versions = observationsOf(history, kind, name)
  const wrong = versions.find(({ object }) => (field(object, ...path) ?? null) !== null)
  if (wrong === undefined) return { outcome: 'upheld', evaluated: versions.length }
  const [key, value] = [path.at(-1) ?? '', JSON.stringify(field(wrong.object, ...path))]
  return violated(`${kind} ${name} was stored with ${key} ${value}.`, {
    expected: `no ${key}`,
    actual: `${key} ${value}`,
    entries: [wrong],
  })
}
