import type { AuditLogRecord } from '../../../contract/audit.ts'
import type { HistoryEntry, Observation } from '../history/history-entry.ts'
import type { JudgementRecord } from '../history/judgement-record.ts'
import type { AuditEvent } from './audit-event.ts'
import type { ClockOffset } from './clock-offset.ts'
import type { LoggedObject } from './logged-writes.ts'

/** What is compared: the history of a guarantee, and what the audit log of the API server has of its namespaces. */
export interface Compared {
  readonly history: readonly HistoryEntry[]
  readonly judgements: readonly JudgementRecord[]
  readonly events: readonly AuditEvent[]
  /** Namespace of the guarantee. */
  readonly namespace: string
  readonly auditLog: Pick<AuditLogRecord, 'objectsOf'>
}

/** A kind of the history, and the resource that the log has for it. */
export interface ComparedKind {
  readonly kind: string
  readonly resource: string
  readonly group: string
}

/** The same, put in order for the rules. */
export interface Sources extends Compared {
  readonly objects: ReadonlyMap<string, LoggedObject>
  readonly byAuditID: ReadonlyMap<string, readonly AuditEvent[]>
  /** Undefined where the clocks of the two have nothing in common. */
  readonly offset: ClockOffset | undefined
  /** Whether the log has everything from the beginning of the namespace to the end of the guarantee. */
  readonly isWhole: boolean
  readonly kinds: ReadonlyMap<string, ComparedKind>
  /** Observations that the log should know, with their kinds. */
  readonly observations: readonly (ComparedKind & { readonly entry: Observation })[]
}

/** A point on which the history and the audit log contradict each other. */
export interface Disagreement {
  readonly rule: 'missing write' | 'unknown version' | 'other content' | 'other order' | 'unknown act' | 'other answer'
  /** A sentence that makes sense on its own. */
  readonly summary: string
  /** Positions in the history that show it. */
  readonly entries: readonly number[]
  /** Kind of which a judgement on it would have read; absent where any may rest on it. */
  readonly kind?: string
}

/** What a comparison came to. */
export interface AuditComparison {
  /** Events of the log that were looked at. */
  readonly events: number
  /** Versions of objects that both have. */
  readonly versions: number
  /** Acts that both have. */
  readonly acts: number
  readonly disagreements: readonly Disagreement[]
  /** What could not be compared, in sentences. */
  readonly undecided: readonly string[]
}
