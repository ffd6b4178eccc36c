import { join } from 'node:path'
import type { AuditLogRecord } from '../../contract/audit.ts'
import { counted } from '../../contract/counted.ts'
import { parseAuditLine } from '../../harness/engine/audit/audit-event.ts'
import { auditFile } from '../../harness/engine/audit/audit-file.ts'
import { compareAudit, contradicting } from '../../harness/engine/audit/compare-audit.ts'
import { messageOf } from '../../harness/engine/causes.ts'
import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../harness/engine/history/judgement-record.ts'
import type { AuditSection } from './audit-section.ts'
import { judgementsFile } from './published-run.ts'
import { readJsonLines, readText } from './run-files.ts'

/** A comparison, and which of its disagreements contradict what a judgement rests on. */
export interface ComparedGuarantee {
  readonly auditLog: AuditSection
  readonly contradictions: readonly string[]
}

/** A guarantee of a run, and what its cluster says of its audit log. */
interface OfGuarantee {
  readonly id: string
  /** Its namespace; undefined where it never had one. */
  readonly namespace: string | undefined
  readonly auditLog: AuditLogRecord | undefined
}

/**
 * Compares the stored history of a guarantee with the stored part of the audit log. Undefined where there is none: the cluster keeps none
 * that Holdfast can read, it could not be collected, which is a finding, or the evidence is elsewhere.
 */
export async function compareStored(
  runDirectory: string,
  { id, namespace, auditLog }: OfGuarantee,
): Promise<ComparedGuarantee | undefined> {
  if (auditLog === undefined || namespace === undefined) return undefined
  const folder = join(runDirectory, 'evidence', id)
  const text = await readText(join(folder, auditFile))
  if (text === undefined) return undefined
  const lines = text.split('\n').filter((line) => line !== '')
  const events = lines.flatMap((line) => parseAuditLine(line) ?? [])
  const none = { events: events.length, versions: 0, acts: 0 }
  try {
    const history = (await readJsonLines(join(folder, 'history.jsonl'))) as HistoryEntry[]
    const judgements = (await readJsonLines(join(folder, judgementsFile))) as JudgementRecord[]
    const { disagreements, undecided, ...both } = compareAudit({ history, judgements, events, namespace, auditLog })
    const broken = lines.length - events.length
    const unread = broken === 0 ? [] : [`${counted(broken, 'lines')} of ${auditFile} cannot be read.`]
    return {
      auditLog: {
        ...both,
        ...some(
          'disagreements',
          disagreements.map(({ summary }) => summary),
        ),
        ...some('undecided', [...unread, ...undecided]),
      },
      contradictions: contradicting(disagreements, judgements).map(({ summary }) => summary),
    }
  } catch (error) {
    // That a history is not what a run writes is for its digest and the recheck to say.
    return { auditLog: { ...none, undecided: [`It could not be compared: ${messageOf(error)}`] }, contradictions: [] }
  }
}

function some<Name extends string>(name: Name, sentences: readonly string[]): { [Each in Name]?: string[] } {
  return (sentences.length === 0 ? {} : { [name]: [...sentences] }) as { [Each in Name]?: string[] }
}
