import { compareResourceVersions, isResourceVersion } from '../watch/resource-version.ts'
import { isHistoryWatch, selectorsIn } from './audit-event.ts'
import type { Disagreement, Sources } from './comparison.ts'
import { contentDigest } from './content-digest.ts'
import { loggedName, type LoggedVersion, versionName } from './logged-writes.ts'

type Seen = Sources['observations'][number]

/** What is found of versions: how many both sources have, and where they contradict each other. */
export interface ComparedVersions {
  readonly versions: number
  readonly disagreements: readonly Disagreement[]
}

/**
 * Compares each version of an object that the history has with the log: a request wrote it, and it says what was stored. Where answers do
 * not name what they stored, as that of a Binding, as many versions are taken for theirs as they may have written.
 */
export function compareVersions(sources: Sources): ComparedVersions {
  const both: { readonly seen: Seen; readonly version: LoggedVersion }[] = []
  const unnamed = new Map<string, Seen[]>()
  for (const seen of firstOfEach(sources.observations)) {
    const version = versionOf(sources, seen)
    if (version !== undefined) both.push({ seen, version })
    else if (mustBeLogged(seen)) unnamed.set(nameOf(seen), [...(unnamed.get(nameOf(seen)) ?? []), seen])
  }
  const unwritten = sources.isWhole ? [...unnamed].flatMap(([name, some]) => unexplained(sources, name, some)) : []
  const written = both.filter(({ seen, version }) => isWritten(version, unnamed.get(nameOf(seen)) ?? []))
  const others = written.flatMap(({ seen, version }) => otherContent(seen, version))
  return { versions: both.length, disagreements: [...unwritten, ...others, ...wrongOrder(sources, written)] }
}

/** Whether one of the requests that were answered with a version wrote it: all others that may have were seen, and are older. */
function isWritten({ silentBefore, after, resourceVersion }: LoggedVersion, unnamed: readonly Seen[]): boolean {
  const isOlder = (one: string, other: string) => isResourceVersion(one) && compareResourceVersions(one, other) < 0
  const between = unnamed.filter(({ entry }) => {
    const version = entry.object.metadata.resourceVersion
    return isOlder(version, resourceVersion) && (after === undefined || isOlder(after, version))
  })
  return between.length >= silentBefore
}

/** Two watches of one kind bring the same version twice. */
function firstOfEach(observations: readonly Seen[]): readonly Seen[] {
  const first = new Map<string, Seen>()
  for (const seen of observations) {
    const { event, object } = seen.entry
    const name = `${versionName(object.metadata)}/${event === 'DELETED'}`
    if (!first.has(name)) first.set(name, seen)
  }
  return [...first.values()]
}

/** Name of the object that was seen, as the log has it. */
export function nameOf({ resource, entry: { object } }: Seen): string {
  return loggedName({ resource, namespace: object.metadata.namespace, name: object.metadata.name })
}

/** The version of the log that was seen. */
export function versionOf({ objects }: Sources, seen: Seen): LoggedVersion | undefined {
  return objects.get(nameOf(seen))?.versions.get(versionName(seen.entry.object.metadata))
}

/** What was there before the guarantee was written before its log begins. In its own namespaces nothing was. */
function mustBeLogged({ entry: { event, object } }: Seen): boolean {
  return event !== 'EXISTING' || object.metadata.namespace !== undefined
}

/** Of versions of one object that no answer names, those for which no request is left that may have written them. */
function unexplained({ objects, namespace }: Sources, name: string, versions: readonly Seen[]): readonly Disagreement[] {
  const { silentVersions = 0, mayBeDeleted = false } = objects.get(name) ?? {}
  const deleted = versions.filter(({ entry }) => entry.event === 'DELETED')
  const changed = versions.filter(({ entry }) => entry.event !== 'DELETED')
  return [...(mayBeDeleted ? [] : deleted), ...changed.slice(Math.min(silentVersions, changed.length))].map(({ kind, entry }) => {
    const { event, object, seq } = entry
    const what = `${kind} ${object.metadata.name} ${event} at resourceVersion ${object.metadata.resourceVersion}`
    return {
      ...({ rule: 'unknown version', kind, entries: [seq] } as const),
      summary: `The history has ${what}, but no request in the audit log of ${namespace} can have written that.`,
    }
  })
}

function otherContent({ kind, entry }: Seen, { events }: LoggedVersion): readonly Disagreement[] {
  const { apiVersion, metadata } = entry.object
  const digests = events.flatMap(({ responseObject: stored }) =>
    stored?.digest === undefined || (apiVersion !== undefined && stored.apiVersion !== apiVersion) ? [] : [stored.digest],
  )
  // Whoever takes away the last finalizer is answered with the object as it was, but for that.
  if (digests.length === 0 || digests.includes(contentDigest(entry.object))) return []
  const what = `${kind} ${metadata.name} at resourceVersion ${metadata.resourceVersion}`
  const summary = `The history has ${what} with another content than the one that the audit log says was stored.`
  return [{ rule: 'other content', kind, entries: [entry.seq], summary }]
}

/** Milliseconds by which moments of one clock may be apart in the wrong order before it counts, and those of two clocks. */
const tolerance = { one: 10, two: 1000 } as const

/**
 * Versions that were seen before whoever wrote them had asked for it, and those that were seen in another order than they were stored in:
 * one was stored before the request for the other, seen earlier, had arrived.
 */
function wrongOrder(
  sources: Sources,
  written: readonly { readonly seen: Seen; readonly version: LoggedVersion }[],
): readonly Disagreement[] {
  const { history, offset } = sources
  const gaps = new Set(history.flatMap((entry) => (entry.type === 'gap' ? [entry.kind] : [])))
  const disagreements: Disagreement[] = []
  const latest = new Map<string, { readonly seen: Seen; readonly received: number }>()
  for (const { seen, version } of written) {
    const { kind, entry } = seen
    const received = Date.parse(version.first.requestReceivedTimestamp)
    const early = offset === undefined ? 0 : received + Math.min(offset.low, offset.high) - Date.parse(entry.at)
    if (early > tolerance.two) {
      const seconds = (early / 1000).toFixed(1)
      const summary = `The history has ${described(seen)} ${seconds} s before the request that wrote it arrived, by the audit log.`
      disagreements.push({ rule: 'other order', kind, entries: [entry.seq], summary })
    }
    // What is there when a watch begins, or begins anew, comes in no order.
    if (entry.event === 'EXISTING' || gaps.has(kind)) continue
    const place = hasOneWatch(sources, seen) ? `${kind}/${entry.object.metadata.namespace ?? ''}` : `${kind}/${nameOf(seen)}`
    const before = latest.get(place)
    if (before !== undefined && before.received > Date.parse(version.storedBy) + tolerance.one) {
      const summary = `The history has ${described(before.seen)} before ${described(seen)}, but by the audit log the second was stored before the first was asked for.`
      disagreements.push({ rule: 'other order', kind, entries: [before.seen.entry.seq, entry.seq], summary })
    }
    if (before === undefined || received > before.received) latest.set(place, { seen, received })
  }
  return disagreements
}

/** Whether one watch brings all that the history has of a kind in a namespace. Several bring it in no common order. */
function hasOneWatch({ events }: Sources, { resource, entry }: Seen): boolean {
  const { namespace } = entry.object.metadata
  const watches = events
    .filter((event) => isHistoryWatch(event, { resource, namespace }))
    .map(({ requestURI = '' }) => selectorsIn(requestURI))
  return namespace !== undefined && new Set(watches).size === 1
}

function described({ kind, entry: { object } }: Seen): string {
  return `${kind} ${object.metadata.name} at resourceVersion ${object.metadata.resourceVersion}`
}
