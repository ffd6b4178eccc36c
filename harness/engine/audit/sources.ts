import { isLoggedWithObject } from '../../../contract/audit.ts'
import type { HistoryEntry, Observation } from '../history/history-entry.ts'
import type { AuditEvent } from './audit-event.ts'
import { clockOffset } from './clock-offset.ts'
import type { Compared, ComparedKind, Sources } from './comparison.ts'
import { loggedObjects } from './logged-writes.ts'

/** The audit ID of the request by which the end of a guarantee is found in the log. */
export function endOf(namespace: string): string {
  return `end-of-${namespace}`
}

/** Puts history and log in order for the rules. */
export function sourcesOf(compared: Compared): Sources {
  const { history, namespace, auditLog } = compared
  const events = distinct(compared.events)
  const byAuditID = Map.groupBy(events, ({ auditID }) => auditID)
  const created = new Set(events.filter(isCreationOfNamespace).map(({ objectRef }) => objectRef?.name))
  const kinds = new Map(
    kindsOf(history)
      .filter((kind) => isLoggedWithObject(auditLog, kind))
      .map((kind) => [kind.kind, kind]),
  )
  // What a second cluster has is in the log of another API server.
  const hasOthers = history.some((entry) => entry.type === 'act' && entry.verb === 'make-cluster')
  const isOurs = ({ object: { metadata } }: Observation) =>
    metadata.namespace === undefined
      ? !hasOthers
      : (metadata.namespace === namespace || metadata.namespace.startsWith(`${namespace}-`)) && created.has(metadata.namespace)
  const observations = history.flatMap((entry) => {
    const kind = entry.type === 'observation' && isOurs(entry) ? kinds.get(entry.kind) : undefined
    return kind === undefined || entry.type !== 'observation' ? [] : [{ ...kind, entry }]
  })
  return {
    ...compared,
    events,
    objects: loggedObjects(events),
    byAuditID,
    offset: clockOffset(history, byAuditID),
    isWhole: created.has(namespace) && byAuditID.has(endOf(namespace)),
    kinds,
    observations,
  }
}

/** Each event once: what was put aside while it was read is in two files. */
function distinct(events: readonly AuditEvent[]): readonly AuditEvent[] {
  return [...new Map(events.map((event) => [`${event.auditID}/${event.stage}/${event.stageTimestamp}`, event])).values()]
}

function isCreationOfNamespace({ verb, objectRef, responseStatus }: AuditEvent): boolean {
  return ['create', 'patch'].includes(verb) && objectRef?.resource === 'namespaces' && responseStatus?.code === 201
}

/** Kinds that the history has, each with the group that an object of it names. Those of lists name none. */
function kindsOf(history: readonly HistoryEntry[]): readonly ComparedKind[] {
  const kinds = new Map<string, ComparedKind>()
  for (const entry of history) {
    if (entry.type !== 'observation' || entry.object.apiVersion === undefined || kinds.has(entry.kind)) continue
    const { kind } = entry
    const [group = ''] = entry.object.apiVersion.includes('/') ? entry.object.apiVersion.split('/') : ['']
    kinds.set(kind, { kind, resource: resourceOf(kind), group })
  }
  return [...kinds.values()]
}

/** The plural by which the API serves a kind, as Kubernetes and the CustomResourceDefinitions of its projects form it. */
export function resourceOf(kind: string): string {
  const name = kind.toLowerCase()
  if (name.endsWith('s')) return `${name}es`
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`
}
