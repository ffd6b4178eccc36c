import { type AuditLogRecord, isLoggedWithObject } from '../../../contract/audit.ts'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import type { SubjectCollector } from './collector.ts'
import type { HistoryEntry } from '../history/history-entry.ts'
import { type KubernetesApi, openApi } from '../kubernetes/api.ts'
import { ApiError } from '../kubernetes/api-error.ts'
import { readConnection } from '../kubernetes/connection.ts'
import { pause } from '../pause.ts'
import { type AuditEvent, isHistoryWatch, mayHaveWritten, parseAuditLine, thin } from '../audit/audit-event.ts'
import { auditFile } from '../audit/audit-file.ts'
import { auditLines } from './read-audit-log.ts'
import { endOf, resourceOf } from '../audit/sources.ts'

/** How often a log is read until it has the end of the guarantee, and seconds in between: an event is written once its answer is sent. */
const readings = { times: 5, apart: 0.2 } as const

/** Milliseconds before its first act from which on a guarantee may have made its namespace, where the namespace is gone. */
const beforeFirstAct = 60_000

/** Collects what the audit log of the API server has of a guarantee, where the cluster keeps one. */
export function auditCollectors({
  auditLog,
  kubeconfig,
  context,
}: Pick<ClusterRecord, 'auditLog' | 'kubeconfig' | 'context'>): readonly SubjectCollector[] {
  if (auditLog === undefined) return []
  const collect: SubjectCollector['collect'] = async ({ namespace, history, signal, missing, write }) => {
    // The requests for it are none of the guarantee, nor are the rights that they take.
    const api = openApi(await readConnection(kubeconfig, context))
    try {
      const { events, hasEnd } = await collectAudit({ api, auditLog, namespace, history, signal })
      if (events.length > 0) write(auditFile, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
      if (!hasEnd) missing.push(`The audit log of the API server did not get as far as the end of ${namespace}.`)
    } finally {
      api.close()
    }
  }
  return [{ what: 'The audit log of the API server', collect }]
}

/** What is looked for in an audit log. */
export interface AuditCollection {
  readonly api: KubernetesApi
  readonly auditLog: AuditLogRecord
  readonly namespace: string
  readonly history: readonly HistoryEntry[]
  readonly signal: AbortSignal
}

/**
 * Reads what an audit log has of the namespaces of a guarantee, of the cluster-scoped objects in its history, and of its acts, in order of
 * arrival. The log has all of it once it has the request that is sent here: whatever was answered before is in it then.
 */
export async function collectAudit(
  collection: AuditCollection,
): Promise<{ readonly events: readonly AuditEvent[]; readonly hasEnd: boolean }> {
  const { api, auditLog, namespace, history, signal } = collection
  const since = await markEnd(collection)
  const wanted = wantedOf({ auditLog, namespace, history })
  let found = new Map<string, AuditEvent>()
  for (let reading = 1; reading <= readings.times; reading += 1) {
    if (reading > 1) await pause(readings.apart, signal)
    found = new Map()
    for await (const line of auditLines({ api, log: auditLog, since, signal })) {
      const event = wanted.mayBeIn(line) ? parseAuditLine(line) : undefined
      if (event !== undefined && wanted.has(event)) found.set(`${event.auditID}/${event.stage}/${event.stageTimestamp}`, thin(event))
    }
    if ([...found.values()].some(({ auditID }) => auditID === endOf(namespace))) break
  }
  const events = [...found.values()].toSorted((one, other) => (one.requestReceivedTimestamp < other.requestReceivedTimestamp ? -1 : 1))
  return { events, hasEnd: events.some(({ auditID }) => auditID === endOf(namespace)) }
}

/** Sends the request that marks the end. Returns when the namespace was made, by the clock of the API server, or an earlier moment. */
async function markEnd({ api, namespace, history, signal }: AuditCollection): Promise<Date> {
  try {
    const { metadata } = await api.send({ path: `/api/v1/namespaces/${namespace}`, auditID: endOf(namespace), signal })
    return new Date(metadata.creationTimestamp ?? 0)
  } catch (error) {
    // Where a suite has deleted it, the answer says that it is gone, and the log has the request all the same.
    if (!(error instanceof ApiError) || error.code !== 404) throw error
    return new Date(Date.parse(history[0]?.at ?? new Date(0).toISOString()) - beforeFirstAct)
  }
}

/** Tells what is wanted of a log: of a line cheaply, whether it may have some of it, and of an event exactly. */
function wantedOf({ auditLog, namespace, history }: Pick<AuditCollection, 'auditLog' | 'namespace' | 'history'>) {
  const acts = new Set(history.flatMap((entry) => (entry.type === 'act' && entry.auditID !== undefined ? [entry.auditID] : [])))
  const outside = history.flatMap((entry) =>
    entry.type === 'observation' && entry.object.metadata.namespace === undefined
      ? [{ resource: resourceOf(entry.kind), name: entry.object.metadata.name }]
      : [],
  )
  const names = [...new Set(outside.map(({ name }) => name))]
  const objects = new Set(outside.map(({ resource, name }) => `${resource}/${name}`))
  const isOurs = (name: string | undefined) => name === namespace || name?.startsWith(`${namespace}-`) === true
  const idOf = (line: string) => /"auditID":"([^"]+)"/.exec(line)?.[1] ?? ''
  return {
    mayBeIn: (line: string) => line.includes(namespace) || acts.has(idOf(line)) || names.some((name) => line.includes(name)),
    has(event: AuditEvent): boolean {
      const { auditID, verb, objectRef } = event
      if (acts.has(auditID) || auditID === endOf(namespace)) return true
      if (objectRef === undefined || verb === 'get') return false
      const { resource, apiGroup: group = '', name = '' } = objectRef
      if (resource === 'namespaces') return isOurs(name) && mayHaveWritten(event)
      if (isOurs(objectRef.namespace))
        return isHistoryWatch(event, objectRef) || (mayHaveWritten(event) && isLoggedWithObject(auditLog, { group, resource }))
      return objectRef.namespace === undefined && mayHaveWritten(event) && objects.has(`${resource}/${name}`)
    },
  }
}
