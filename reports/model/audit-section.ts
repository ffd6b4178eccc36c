import { z } from 'zod'
import { counted } from '../../contract/counted.ts'

/** Schema of what a report says of the comparison of a history with the audit log of the API server. */
export const auditSectionSchema = z.strictObject({
  /** Events of the log that concern the check. */
  events: z.int().nonnegative(),
  /** Versions of objects that both sources have. */
  versions: z.int().nonnegative(),
  /** Requests of the suite that both have. */
  acts: z.int().nonnegative(),
  /** Where the two contradict each other, in sentences; absent where they do not. */
  disagreements: z.array(z.string()).optional(),
  /** What could not be compared, in sentences; absent where all could be. */
  undecided: z.array(z.string()).optional(),
})

/** What a report says of the comparison of a history with the audit log. */
export type AuditSection = z.infer<typeof auditSectionSchema>

/** What the comparison came to, in one sentence. */
export function auditInWords({ events, versions, acts, disagreements = [], undecided = [] }: AuditSection): string {
  const both = `${counted(versions, 'versions')} of objects and ${counted(acts, 'requests')} of the suite are in both`
  const found = disagreements.length === 0 ? 'no disagreement' : counted(disagreements.length, 'disagreements')
  const open = undecided.length === 0 ? '' : ` ${undecided.join(' ')}`
  return `Compared with the audit log of the API server (${counted(events, 'events')}): ${both}, ${found}.${open}`
}
