import { type AdminApi, ApiRefusal } from './api.ts'
import { type Kind, pathOf } from './kinds.ts'

/** One object of a cluster. */
export interface ListedObject {
  readonly uid: string
  readonly kind: string
  /** With its namespace where it has one. */
  readonly name: string
}

/** Kinds that are not looked at, each with the reason. */
const notLookedAt: Readonly<Record<string, string>> = {
  Event: 'what happened is not what is left; the API server lets them expire',
  ComponentStatus: 'it is no object: each request for it makes it anew',
}

/** All objects of all kinds that discovery lists, but for `notLookedAt`. */
export async function allObjects(api: AdminApi): Promise<readonly ListedObject[]> {
  const kinds = (await api.kinds()).filter(({ kind, verbs }) => verbs.includes('list') && !(kind in notLookedAt))
  const found: ListedObject[] = []
  for (const kind of kinds) found.push(...(await objectsOf(api, kind)))
  return found
}

async function objectsOf(api: AdminApi, kind: Kind): Promise<readonly ListedObject[]> {
  try {
    return (await api.list(pathOf(kind))).flatMap(({ uid, name, namespace }) =>
      uid === undefined ? [] : [{ uid, kind: kind.kind, name: namespace === undefined ? name : `${namespace}/${name}` }],
    )
  } catch (error) {
    // A kind may go while it is listed, with what brought it.
    if (error instanceof ApiRefusal && error.code === 404) return []
    throw error
  }
}

/** Objects that are there now and were not before. */
export function leftOf(before: readonly ListedObject[], now: readonly ListedObject[]): readonly ListedObject[] {
  const known = new Set(before.map(({ uid }) => uid))
  return now.filter(({ uid }) => !known.has(uid))
}

const namedAtMost = 6

/** One line for each kind: how many there are, and the names of some. */
export function byKind(objects: readonly ListedObject[]): readonly string[] {
  return [...Map.groupBy(objects, ({ kind }) => kind)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, those]) => {
      const names = those.map(({ name }) => name).toSorted()
      const more = names.length - namedAtMost
      return `${names.length} ${kind}: ${names.slice(0, namedAtMost).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
    })
}
