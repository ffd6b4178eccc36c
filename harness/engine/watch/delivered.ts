import type { ObservedObject } from '../history/history-entry.ts'
import { compareResourceVersions } from './resource-version.ts'

/** A whole list of one kind, as of one resourceVersion. */
export interface Listed {
  readonly resourceVersion: string
  readonly items: readonly ObservedObject[]
}

/** What a watch has delivered so far, object by object. */
export interface Delivered {
  /** Whether the object existed by its last watch event. */
  has(uid: string): boolean
  /** Objects that existed by their last watch event. */
  present(): readonly ObservedObject[]
  /** Keeps the newest state of an object. `asOf` is the resourceVersion at which it was found gone, where no event brought that. */
  add(event: 'EXISTING' | 'ADDED' | 'MODIFIED' | 'DELETED', object: ObservedObject, asOf?: string): void
  /**
   * The first thing that a list shows and the watch has not delivered, as messages name it: an object, a newer version, or that an object
   * is gone. What the watch knows to be newer than the list is not missing from it. Throws `TypeError` for resourceVersions that have no
   * order.
   */
  missing(listed: Listed): string | undefined
}

/** Keeps what a watch delivers. */
export function keepDelivered(): Delivered {
  const newest = new Map<string, { readonly object: ObservedObject; readonly resourceVersion: string; readonly present: boolean }>()
  const present = () => [...newest.values()].filter((one) => one.present).map(({ object }) => object)
  return {
    has: (uid) => newest.get(uid)?.present === true,
    present,
    add(event, object, asOf = object.metadata.resourceVersion) {
      newest.set(object.metadata.uid, { object, resourceVersion: asOf, present: event !== 'DELETED' })
    },
    missing({ resourceVersion, items }) {
      for (const { metadata } of items) {
        const known = newest.get(metadata.uid)
        if (known === undefined || compareResourceVersions(known.resourceVersion, metadata.resourceVersion) < 0)
          return `${metadata.name} at resourceVersion ${metadata.resourceVersion}`
      }
      const listed = new Set(items.map(({ metadata }) => metadata.uid))
      for (const { metadata } of present())
        if (!listed.has(metadata.uid) && compareResourceVersions(metadata.resourceVersion, resourceVersion) <= 0)
          return `the deletion of ${metadata.name}, which was gone at resourceVersion ${resourceVersion},`
      return undefined
    },
  }
}
