import type { HistoryEntry, Observation, ObservedObject } from './history/history-entry.ts'
import { noteLook, noteLookFor } from './history/places.ts'

/** A field of an object of unknown shape, by path, or undefined where the path ends early. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)[name] : undefined),
    value,
  )
}

/** Phase of an object as its status says it, or undefined when nothing has said one. */
export function phaseOf(object: unknown): string | undefined {
  const phase = field(object, 'status', 'phase')
  return typeof phase === 'string' ? phase : undefined
}

/** Whether the object's status has a condition of that type with status True. */
export function hasCondition(object: ObservedObject, type: string): boolean {
  const conditions = field(object, 'status', 'conditions')
  return Array.isArray(conditions) && conditions.some((one) => field(one, 'type') === type && field(one, 'status') === 'True')
}

/** Whether an object names another one as its owner, by kind and name. */
export function isOwnedBy({ metadata }: ObservedObject, owner: { readonly kind: string; readonly name: string }): boolean {
  return metadata.ownerReferences?.some(({ kind, name }) => kind === owner.kind && name === owner.name) === true
}

/** Splits a qualified name: `copy/web-0` is `web-0` in the additional namespace with suffix `copy`; `web-0` is in the guarantee's own. */
export function placeOf(qualified: string): { readonly namespaceSuffix: string | undefined; readonly name: string } {
  const slash = qualified.indexOf('/')
  return slash === -1
    ? { namespaceSuffix: undefined, name: qualified }
    : { namespaceSuffix: qualified.slice(0, slash), name: qualified.slice(slash + 1) }
}

/** Observations of one kind in the guarantee's own namespace or in an additional one, in the order the API server delivered them. */
export function observationsIn(
  history: readonly HistoryEntry[],
  kind: string,
  namespaceSuffix: string | undefined,
): readonly Observation[] {
  noteLook(history, kind, namespaceSuffix)
  return history.filter(
    (entry): entry is Observation => entry.type === 'observation' && entry.kind === kind && entry.namespaceSuffix === namespaceSuffix,
  )
}

/** Observations of one kind, and of one object of it when named, in the order the API server delivered them. */
export function observationsOf(history: readonly HistoryEntry[], kind: string, qualified?: string): readonly Observation[] {
  if (qualified === undefined) return observationsIn(history, kind, undefined)
  const { namespaceSuffix, name } = placeOf(qualified)
  noteLookFor(history, { kind, namespaceSuffix, name })
  return observationsIn(history, kind, namespaceSuffix).filter(({ object }) => object.metadata.name === name)
}

/** The object as it was last seen, or undefined when it was deleted or never there. */
export function latest(history: readonly HistoryEntry[], kind: string, name: string): ObservedObject | undefined {
  const last = observationsOf(history, kind, name).at(-1)
  return last === undefined || last.event === 'DELETED' ? undefined : last.object
}

/** Whether an object was there and is no more. */
export function wasDeleted(history: readonly HistoryEntry[], kind: string, name: string): boolean {
  return observationsOf(history, kind, name).at(-1)?.event === 'DELETED'
}

/** Several objects of a kind. */
export function pluralOf(kind: string): string {
  return kind.endsWith('s') ? `${kind}es` : `${kind}s`
}
