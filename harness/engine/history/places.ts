import type { HistoryEntry } from './history-entry.ts'

/** A kind in an additional namespace. */
export interface Place {
  readonly kind: string
  readonly namespaceSuffix: string
}

/** An object that was looked for by its name. */
export interface Named {
  readonly kind: string
  readonly namespaceSuffix: string | undefined
  readonly name: string
}

interface Looks {
  readonly places: Map<string, Place>
  readonly named: Named[]
}

/** What was looked for in a history, by the copy of it that was looked into. */
const looks = new WeakMap<readonly HistoryEntry[], Looks>()

/** Notes that objects of a kind are looked for in a namespace, where somebody asked for it. */
export function noteLook(history: readonly HistoryEntry[], kind: string, namespaceSuffix: string | undefined): void {
  if (namespaceSuffix !== undefined) looks.get(history)?.places.set(`${namespaceSuffix}/${kind}`, { kind, namespaceSuffix })
}

/** Notes that an object is looked for by its name, where somebody asked for it. */
export function noteLookFor(history: readonly HistoryEntry[], object: Named): void {
  looks.get(history)?.named.push(object)
}

/**
 * Looks into a history, and tells of which kinds objects were looked for in which additional namespaces, and which objects by their names.
 * `look` gets a copy of the history, by which its looks are told from those of others; what it looks for in parts of the copy is not told.
 */
export function placesOf<Result>(
  history: readonly HistoryEntry[],
  look: (copy: readonly HistoryEntry[]) => Result,
): { readonly result: Result; readonly places: readonly Place[]; readonly named: readonly Named[] } {
  const copy = [...history]
  const found: Looks = { places: new Map(), named: [] }
  looks.set(copy, found)
  const result = look(copy)
  return { result, places: [...found.places.values()], named: found.named }
}
