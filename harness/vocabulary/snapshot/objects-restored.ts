import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { latest, observationsOf, placeOf } from '../../engine/object.ts'

/** One object: `copy/settings` is `settings` in the additional namespace with suffix `copy`. */
export interface NamedObject {
  readonly kind: string
  readonly name: string
}

/** What a Restore is to have brought, and what it is to have left out. */
export interface RestoreSelection {
  readonly back: readonly NamedObject[]
  readonly leftOut: readonly NamedObject[]
}

/**
 * Objects that a Restore brought are there, as other objects than those that were there before; those that it was to leave out are not,
 * though they, or their originals where it made a copy, had been there.
 */
export const objectsRestored = defineCheck<RestoreSelection>({
  name: 'came-back',
  reads: ({ back, leftOut }) => [...new Set([...back, ...leftOut].map(({ kind }) => kind))],
  describe: ({ back, leftOut }) =>
    [
      ...(back.length === 0 ? [] : [`${back.map(describeObject).join(', ')} came back`]),
      ...(leftOut.length === 0 ? [] : [`${leftOut.map(describeObject).join(', ')} did not`]),
    ].join(' and '),
  judge,
})

function judge({ back, leftOut }: RestoreSelection, history: readonly HistoryEntry[]): Judgement {
  for (const object of [...back, ...leftOut]) {
    if (observationsOf(history, object.kind, placeOf(object.name).name).length === 0)
      return inconclusive(`${describeObject(object)} was never there to begin with.`)
  }
  for (const { kind, name } of back) {
    const seen = observationsOf(history, kind, name)
    const there = latest(history, kind, name)
    if (there === undefined) return violated(`${describeObject({ kind, name })} did not come back.`, { entries: seen.slice(-1) })
    const isCopy = placeOf(name).namespaceSuffix !== undefined
    if (!isCopy && seen[0]?.object.metadata.uid === there.metadata.uid)
      return inconclusive(`${describeObject({ kind, name })} was never gone: it could not come back.`, [seen[0].seq])
  }
  for (const { kind, name } of leftOut) {
    const there = latest(history, kind, name)
    if (there !== undefined)
      return violated(`${describeObject({ kind, name })} is there though it was to be left out.`, {
        expected: `no ${describeObject({ kind, name })}`,
        actual: `UID ${there.metadata.uid}`,
        entries: observationsOf(history, kind, name).slice(-1),
      })
  }
  return { outcome: 'upheld', evaluated: back.length + leftOut.length }
}

function describeObject({ kind, name }: NamedObject): string {
  return `${kind} ${name}`
}
