import type { HistoryEntry } from './history-entry.ts'

/** A kind in an additional namespace. */
export interface Place {
  readonly kind: string
  readonly namespaceSuffix: string
}

/** What was looked for in a history, by the copy of it that was looked into. */
const looks = new WeakMap<readonly HistoryEntry[], Map<string, Place>>()

/** Notes that objects of a kind are looked for in a namespace, where somebody asked for it. */
export function noteLook(history: readonly HistoryEntry[], kind: string, namespaceSuffix: string | undefined): void {
  if (namespaceSuffix !== undefined) looks.get(history)?.set(`${namespaceSuffix}/${kind}`, { kind, namespaceSuffix })
}

/**
 * Looks into a history, and tells of which kinds objects were looked for in which additional namespaces. `look` gets a copy of the history,
 * by which its looks are told from those of others; what it looks for in parts of the copy is not told.
 */
export function placesOf<Result>(
  history: readonly HistoryEntry[],
  look: (copy: readonly HistoryEntry[]) => Result,
): { readonly result: Result; readonly places: readonly Place[] } {
  const copy = [...history]
  const places = new Map<string, Place>()
  looks.set(copy, places)
  const result = look(copy)
  return { result, places: [...places.values()] }
}
