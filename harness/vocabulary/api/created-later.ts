import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** An object, and others of its kind that are to be older. */
export interface LaterThan {
  readonly kind: string
  readonly name: string
  readonly than: readonly string[]
}

/** An object was created in a later second than others: the API server notes whole seconds, and within one their order is not known. */
export const createdLater = defineCheck<LaterThan>({
  name: 'created-later',
  reads: ({ kind }) => [kind],
  describe: ({ kind, name, than }) => `${kind} ${name} is created in a later second than ${than.join(', ')}`,
  judge,
})

function judge({ kind, name, than }: LaterThan, history: readonly HistoryEntry[]): Judgement {
  const [newest, ...others] = [name, ...than].map((one) => observationsOf(history, kind, one).at(-1))
  const times = [newest, ...others].map((entry) => Date.parse(String(field(entry?.object, 'metadata', 'creationTimestamp'))))
  const [latest = Number.NaN, ...earlier] = times
  if (newest === undefined || times.some((time) => Number.isNaN(time)))
    return inconclusive(`When ${[name, ...than].join(', ')} were created was not seen.`)
  if (earlier.every((time) => time < latest)) return { outcome: 'upheld', evaluated: times.length }
  return violated(`${kind} ${name} was not created in a later second than ${than.join(', ')}.`, {
    expected: `later than ${new Date(Math.max(...earlier)).toISOString()}`,
    actual: new Date(latest).toISOString(),
    entries: [newest],
  })
}
