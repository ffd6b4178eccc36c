import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** An object, a field of it by its path, and what is to be there. */
export interface ExpectedField {
  readonly kind: string
  readonly name: string
  readonly path: readonly string[]
  readonly value: string | number
}

/** A field of an object has one value for as long as the object is seen. */
export const fieldStays = defineCheck<ExpectedField>({
  name: 'field-stays',
  reads: ({ kind }) => [kind],
  describe: ({ kind, name, path, value }) => `${path.join('.')} of ${kind} ${name} stays ${value}`,
  judge: (params, history) => judged(params, history, observationsOf(history, params.kind, params.name)),
})

/** A field of an object has a value now. */
export const fieldIs = defineCheck<ExpectedField>({
  name: 'field-is',
  reads: ({ kind }) => [kind],
  describe: ({ kind, name, path, value }) => `${path.join('.')} of ${kind} ${name} is ${value}`,
  judge: (params, history) => judged(params, history, observationsOf(history, params.kind, params.name).slice(-1)),
})

function judged({ kind, name, path, value }: ExpectedField, history: readonly HistoryEntry[], seen: readonly Observation[]): Judgement {
  if (seen.length === 0) return inconclusive(`${kind} ${name} was never seen.`)
  const other = seen.find(({ object }) => field(object, ...path) !== value)
  if (other !== undefined) {
    const actual = JSON.stringify(field(other.object, ...path)) ?? 'unset'
    return violated(`The ${path.join('.')} of ${kind} ${name} is ${actual} instead of ${JSON.stringify(value)}.`, {
      expected: String(value),
      actual,
      entries: [other],
    })
  }
  return { outcome: 'upheld', evaluated: seen.length }
}
