import { type AuditEvent, mayHaveWritten } from './audit-event.ts'

/** A version of an object that an answer named: when whoever wrote it asked for it, and by when it was stored. */
export interface LoggedVersion {
  readonly resource: string
  readonly group: string
  readonly namespace: string | undefined
  readonly name: string
  readonly uid: string
  readonly resourceVersion: string
  /** Of the requests whose answer had it, the one that arrived first. */
  readonly first: AuditEvent
  /** When the first of their answers was complete: it was stored by then. */
  readonly storedBy: string
  /**
   * How many versions before it no answer may have named. While that is not 0, it may be the last of them: then none of these requests
   * wrote it, and the first found it as it was and changed nothing.
   */
  readonly silentBefore: number
  /** The resourceVersion that was named last before it; absent where none was. */
  readonly after?: string
  readonly events: readonly AuditEvent[]
}

/** What a log knows of one object, by its resource, namespace and name. */
export interface LoggedObject {
  /** By uid and resourceVersion. */
  readonly versions: ReadonlyMap<string, LoggedVersion>
  /** How many versions may have been stored by requests whose answers do not say which, such as a Binding. */
  readonly silentVersions: number
  /** Whether something asked for its end. */
  readonly mayBeDeleted: boolean
}

/** Name of an object in a log. */
export function loggedName({ resource, namespace, name }: Pick<LoggedVersion, 'resource' | 'namespace' | 'name'>): string {
  return `${resource}/${namespace ?? ''}/${name}`
}

/** Name of a version of an object. */
export function versionName(metadata: { readonly uid: string; readonly resourceVersion: string }): string {
  return `${metadata.uid}/${metadata.resourceVersion}`
}

/** Groups the writes of a log by object. */
export function loggedObjects(events: readonly AuditEvent[]): ReadonlyMap<string, LoggedObject> {
  const writes = events.filter((event) => mayHaveWritten(event) && event.objectRef !== undefined).toSorted(byArrival)
  const collections = writes.filter(({ verb }) => verb === 'deletecollection')
  const named = writes.filter(({ objectRef }) => objectRef?.name !== undefined)
  const objects = Map.groupBy(named, ({ objectRef }) =>
    loggedName({ resource: objectRef?.resource ?? '', namespace: objectRef?.namespace, name: objectRef?.name ?? '' }),
  )
  return new Map([...objects].map(([name, own]) => [name, objectOf(own, isIn(collections, own))]))
}

/** Whether all objects of the resource in the namespace were deleted at once, of which the log names none. */
function isIn(collections: readonly AuditEvent[], [event]: readonly AuditEvent[]): boolean {
  const { resource, namespace } = event?.objectRef ?? {}
  return collections.some(({ objectRef }) => objectRef?.resource === resource && objectRef?.namespace === namespace)
}

function byArrival(one: AuditEvent, other: AuditEvent): number {
  return one.requestReceivedTimestamp < other.requestReceivedTimestamp ? -1 : 1
}

/**
 * How many versions a request may have stored besides the one that its answer names. An eviction writes a condition, a grace period and the
 * end of it; a deletion whose grace period is over, that and the deletion. See
 * https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
function silentVersionsOf({ verb, objectRef, responseObject, responseStatus }: AuditEvent): number {
  if (objectRef?.subresource === 'eviction') return 3
  if (verb === 'delete') return 1
  return responseObject === undefined || (responseStatus?.code ?? 500) >= 500 ? 1 : 0
}

function objectOf(events: readonly AuditEvent[], isCollected: boolean): LoggedObject {
  const versions = new Map<string, LoggedVersion>()
  let silentVersions = isCollected ? Infinity : 0
  // Since the last version that was named, and until when. What was there before the log is one of them.
  let silent = { versions: 1, until: '' }
  let after: string | undefined
  for (const event of events) {
    const { responseObject, requestReceivedTimestamp, stageTimestamp } = event
    if (responseObject !== undefined) {
      const isCreated = event.verb === 'create' || event.responseStatus?.code === 201
      add(versions, event, { silentBefore: isCreated || isConditional(event) ? 0 : silent.versions, ...(after !== undefined && { after }) })
      if (isCreated || requestReceivedTimestamp > silent.until) silent = { versions: 0, until: '' }
      after = responseObject.metadata.resourceVersion
    }
    const more = silentVersionsOf(event)
    silentVersions += more
    if (more > 0) silent = { versions: silent.versions + more, until: stageTimestamp > silent.until ? stageTimestamp : silent.until }
  }
  const mayBeDeleted = isCollected || events.some(({ verb, objectRef }) => verb === 'delete' || objectRef?.subresource === 'eviction')
  return { versions, silentVersions, mayBeDeleted }
}

/** An update of one version that was answered with another one wrote it. */
function isConditional({ verb, objectRef, responseObject }: AuditEvent): boolean {
  const before = objectRef?.resourceVersion
  return verb === 'update' && before !== undefined && before !== responseObject?.metadata.resourceVersion
}

function add(versions: Map<string, LoggedVersion>, event: AuditEvent, before: Pick<LoggedVersion, 'silentBefore' | 'after'>): void {
  const { objectRef, responseObject } = event
  if (objectRef === undefined || responseObject === undefined) return
  const { uid, resourceVersion } = responseObject.metadata
  const name = versionName({ uid, resourceVersion })
  const known = versions.get(name)
  if (known === undefined) {
    const { resource, apiGroup: group = '', namespace } = objectRef
    const what = { resource, group, namespace, name: objectRef.name ?? '', uid, resourceVersion }
    versions.set(name, { ...what, first: event, storedBy: event.stageTimestamp, ...before, events: [event] })
    return
  }
  const storedBy = event.stageTimestamp < known.storedBy ? event.stageTimestamp : known.storedBy
  versions.set(name, { ...known, storedBy, events: [...known.events, event] })
}
