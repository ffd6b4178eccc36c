import type { HistoryEntry } from '../history/history-entry.ts'
import { type Named, placesOf } from '../history/places.ts'
import type { Condition } from './check.ts'

/**
 * An object that a condition is about by the name in its parameters, and of which the history knows nothing: it was never there, nobody
 * asked for it, nor for what it would belong to, as Pod web-1 belongs to StatefulSet web. That it is absent says nothing: the name may be
 * misspelt. Undefined where each of them is known.
 */
export function unknownSubject(
  { params, holds }: Pick<Condition, 'params' | 'holds'>,
  history: readonly HistoryEntry[],
): Named | undefined {
  const names = stringsIn(params)
  const { named } = placesOf(history, holds)
  return named.find((object) => names.has(qualified(object)) && !history.some((entry) => knows(entry, object)))
}

function knows(entry: HistoryEntry, { kind, namespaceSuffix, name }: Named): boolean {
  const isIt = (one: { readonly kind: string; readonly name: string }) =>
    (one.kind === kind && one.name === name) || name.startsWith(`${one.name}-`)
  // An act names the whole namespace, which no suffix tells.
  if (entry.type === 'act') return isIt(entry.subject)
  return (
    entry.type === 'observation' &&
    entry.namespaceSuffix === namespaceSuffix &&
    isIt({ kind: entry.kind, name: entry.object.metadata.name })
  )
}

function qualified({ namespaceSuffix, name }: Named): string {
  return namespaceSuffix === undefined ? name : `${namespaceSuffix}/${name}`
}

function stringsIn(value: unknown): ReadonlySet<string> {
  if (typeof value === 'string') return new Set([value])
  const inner: readonly unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : []
  return new Set(inner.flatMap((one) => [...stringsIn(one)]))
}
