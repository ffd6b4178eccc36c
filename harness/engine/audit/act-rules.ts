import type { Act, HistoryEntry } from '../history/history-entry.ts'
import type { AuditEvent } from './audit-event.ts'
import type { Disagreement, Sources } from './comparison.ts'

/** What is found of acts: how many both sources have, and where they contradict each other. */
export interface ComparedActs {
  readonly acts: number
  readonly disagreements: readonly Disagreement[]
}

/**
 * Compares each act that was one request with what the log has under its audit ID: it arrived, and was answered as the history says. An act
 * without an answer proves nothing.
 */
export function compareActs({ history, byAuditID, events, namespace, isWhole }: Sources): ComparedActs {
  const sent = new Map(history.flatMap((entry) => (entry.type === 'act' && entry.auditID !== undefined ? [[entry.actId, entry]] : [])))
  const elsewhere = namespacesElsewhere(history, events)
  const disagreements: Disagreement[] = []
  let acts = 0
  for (const entry of history) {
    const request = entry.type === 'act' && entry.phase !== 'requested' ? sent.get(entry.actId) : undefined
    if (entry.type !== 'act' || request === undefined || entry.phase === 'unknown') continue
    if (entry.subject.namespace !== undefined && elsewhere.has(entry.subject.namespace)) continue
    const found = byAuditID.get(request.auditID ?? '') ?? []
    const act = `${entry.verb} ${entry.subject.kind} ${entry.subject.name}`
    const entries = [request.seq, entry.seq]
    if (found.length === 0) {
      const summary = `The history has the act "${act}", which was ${entry.phase}, but the audit log has no request ${entry.actId} in ${namespace}.`
      if (isWhole) disagreements.push({ rule: 'unknown act', summary, entries })
      continue
    }
    acts += 1
    const why = otherAnswer(entry, found)
    if (why !== undefined) disagreements.push({ rule: 'other answer', summary: `Of the act "${act}", ${why}.`, entries })
  }
  return { acts, disagreements }
}

/** Namespaces of a second cluster, which the log of the first does not know. */
function namespacesElsewhere(history: readonly HistoryEntry[], events: readonly AuditEvent[]): ReadonlySet<string> {
  const acts = history.filter((entry) => entry.type === 'act')
  if (!acts.some(({ verb }) => verb === 'make-cluster')) return new Set()
  const here = new Set(
    events.flatMap(({ objectRef }) => [objectRef?.namespace, objectRef?.resource === 'namespaces' ? objectRef.name : '']),
  )
  return new Set(acts.flatMap(({ subject }) => subject.namespace ?? []).filter((name) => !here.has(name)))
}

/** How the log contradicts the answer that the history has of an act; undefined where it does not. */
function otherAnswer({ phase, verb, answer }: Act, found: readonly AuditEvent[]): string | undefined {
  const codes = found.map(({ responseStatus }) => responseStatus?.code ?? 0)
  if (phase === 'rejected') {
    const code = answer?.code ?? 0
    return codes.includes(code) ? undefined : `the history has the answer ${code}, and the audit log ${codes.join(', ')}`
  }
  // A command in a container is answered with a switch of protocols.
  const isAccepted = codes.some((code) => (code >= 200 && code < 300) || (verb === 'exec' && code === 101))
  if (!isAccepted) return `the history says that it was accepted, and the audit log has the answer ${codes.join(', ')}`
  const stored = /^resourceVersion (\d+)$/.exec(answer?.message ?? '')?.[1]
  const logged = found.flatMap(({ responseObject }) => responseObject?.metadata.resourceVersion ?? [])
  if (stored === undefined || logged.length === 0 || logged.includes(stored)) return undefined
  return `the history has the resourceVersion ${stored}, and the audit log ${logged.join(', ')}`
}
