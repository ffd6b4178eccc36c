import { historyUserAgent } from '../../../contract/audit.ts'
import type { ObservedObject } from '../history/history-entry.ts'
import { field } from '../object.ts'
import { contentDigest } from './content-digest.ts'

/**
 * What is read of an event of an audit log. See
 * https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-Event
 */
export interface AuditEvent {
  readonly auditID: string
  /** `ResponseComplete`; for requests that last, such as a watch, `ResponseStarted`; `Panic` where the API server broke. */
  readonly stage: string
  readonly verb: string
  readonly user: { readonly username: string }
  readonly impersonatedUser?: { readonly username: string }
  readonly userAgent?: string
  /** Path and query; kept of watches, whose selectors it has. */
  readonly requestURI?: string
  readonly objectRef?: {
    readonly resource: string
    readonly namespace?: string
    readonly name?: string
    readonly apiGroup?: string
    readonly subresource?: string
    /** What the request was conditional on. */
    readonly resourceVersion?: string
  }
  readonly responseStatus?: { readonly code: number }
  /** RFC 3339 with microseconds, by the clock of the API server, as all of one log: their order is that of their texts. */
  readonly requestReceivedTimestamp: string
  readonly stageTimestamp: string
  readonly responseObject?: StoredVersion
}

/** The object that a request was answered with, as it was stored. Of it is kept what tells versions apart, and a digest of the rest. */
export interface StoredVersion {
  readonly apiVersion?: string
  readonly metadata: { readonly name?: string; readonly uid: string; readonly resourceVersion: string }
  /** As `contentDigest` makes it; absent where the answer was another object, such as a Scale. */
  readonly digest?: string
}

/** Reads a line of an audit log. Undefined for one that is no event of it, such as half a line. */
export function parseAuditLine(line: string): AuditEvent | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    return undefined
  }
  const text = (...path: readonly string[]) => textAt(parsed, ...path)
  const [auditID, stage, verb, username] = [text('auditID'), text('stage'), text('verb'), text('user', 'username')]
  const [requestReceivedTimestamp, stageTimestamp] = [text('requestReceivedTimestamp'), text('stageTimestamp')]
  if (auditID === undefined || stage === undefined || verb === undefined || username === undefined) return undefined
  if (requestReceivedTimestamp === undefined || stageTimestamp === undefined) return undefined
  const code = field(parsed, 'responseStatus', 'code')
  const resource = text('objectRef', 'resource')
  const stored = storedOf(parsed)
  const name = text('objectRef', 'name') ?? stored?.metadata.name
  return {
    ...{ auditID, stage, verb, user: { username } },
    ...given({ requestURI: text('requestURI'), userAgent: text('userAgent') }),
    ...(text('impersonatedUser', 'username') !== undefined && {
      impersonatedUser: { username: text('impersonatedUser', 'username') ?? '' },
    }),
    ...(resource !== undefined && {
      objectRef: {
        resource,
        ...given({
          // A request for a namespace that exists names it as the namespace it is in, too.
          namespace: resource === 'namespaces' ? undefined : text('objectRef', 'namespace'),
          name,
          apiGroup: text('objectRef', 'apiGroup'),
          subresource: text('objectRef', 'subresource'),
          resourceVersion: text('objectRef', 'resourceVersion'),
        }),
      },
    }),
    ...(typeof code === 'number' && { responseStatus: { code } }),
    ...{ requestReceivedTimestamp, stageTimestamp },
    ...(stored !== undefined && { responseObject: stored }),
  }
}

/** What tells the versions of an answered object apart. A Status and a list have none of it. */
function storedOf(parsed: unknown): StoredVersion | undefined {
  const object = field(parsed, 'responseObject')
  const metadata = (name: string) => textAt(object, 'metadata', name)
  const [uid, resourceVersion] = [metadata('uid'), metadata('resourceVersion')]
  if (uid === undefined || resourceVersion === undefined) return undefined
  const isThin = textAt(object, 'digest') !== undefined
  const isOther = textAt(object, 'kind') === undefined || textAt(parsed, 'objectRef', 'subresource') === 'scale'
  const digest = isThin ? textAt(object, 'digest') : isOther || isRemoved(object) ? undefined : contentDigest(object as ObservedObject)
  return {
    ...given({ apiVersion: textAt(object, 'apiVersion') }),
    metadata: { ...given({ name: metadata('name') }), uid, resourceVersion },
    ...given({ digest }),
  }
}

/** Whether nothing held an object any more that is going: whoever took its last finalizer is answered with it, and it is stored no more. */
function isRemoved(object: unknown): boolean {
  const finalizers = field(object, 'metadata', 'finalizers')
  const isHeld = Array.isArray(finalizers) && finalizers.length > 0
  const grace = field(object, 'metadata', 'deletionGracePeriodSeconds')
  return textAt(object, 'metadata', 'deletionTimestamp') !== undefined && !isHeld && (grace === undefined || grace === 0)
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = field(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The fields that are there. */
function given<Fields extends Readonly<Record<string, string | undefined>>>(fields: Fields): { [Name in keyof Fields]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof Fields]?: string }
}

const changing: readonly string[] = ['create', 'update', 'patch', 'delete', 'deletecollection']

/** Subresources by which something is created that is no object. */
const conversations: readonly string[] = ['exec', 'attach', 'portforward', 'proxy', 'token']

/** Whether a request may have changed an object: one that changes, that was not refused, and was no dry run. */
export function mayHaveWritten({ verb, objectRef, responseStatus, requestURI = '' }: AuditEvent): boolean {
  const { code = 0 } = responseStatus ?? {}
  if (!changing.includes(verb) || conversations.includes(objectRef?.subresource ?? '')) return false
  // Whether a request that broke had written by then is not known.
  return (code < 300 || code >= 500) && !/[?&]dryRun=/.test(requestURI)
}

/** The same without what nothing is compared by, as evidence keeps it: of paths, only those of watches and dry runs. */
export function thin(event: AuditEvent): AuditEvent {
  const { requestURI, userAgent, ...rest } = event
  const [program] = userAgent?.split(' ') ?? []
  const says = requestURI !== undefined && (event.verb === 'watch' || /[?&]dryRun=/.test(requestURI))
  return { ...rest, ...(program !== undefined && { userAgent: program }), ...(says && { requestURI }) }
}

/** Whether an event is a watch that writes to a history what becomes of a resource in a namespace. */
export function isHistoryWatch(
  { verb, userAgent, objectRef }: AuditEvent,
  { resource, namespace }: { readonly resource: string; readonly namespace?: string | undefined },
): boolean {
  return verb === 'watch' && userAgent === historyUserAgent && objectRef?.resource === resource && objectRef.namespace === namespace
}

/** The selectors of a watch, by its path and query; empty where it brings every object. */
export function selectorsIn(requestURI: string): string {
  const query = new URL(requestURI, 'http://localhost').searchParams
  return ['labelSelector', 'fieldSelector'].flatMap((name) => (query.get(name) ?? '') || []).join('&')
}
