import { z } from 'zod'
import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'
import { type ClauseResult, clausesSchema, coveredClauseSchema, sentence } from './clauses.ts'
import { type EntryOutcome, entryVerdicts, type Outcome } from './entry-outcome.ts'
import { outcomeByClauses } from './outcome-by-clauses.ts'

/** A documented statement as a file of the ledger states it. */
export const ledgerEntrySchema = z
  .strictObject({
    id: z.string().regex(/^[a-z]+\.[a-z0-9-]+$/, 'must be <area>.<name>'),
    /** How much depends on it, in the words of RFC 2119. */
    level: z.enum(['MUST', 'SHOULD', 'MAY']),
    /** What is stated, in our own words; of a refuted statement what is stated wrongly. */
    statement: sentence,
    /** What is expected to be found on a cluster. */
    verdict: z.enum(entryVerdicts),
    /** Under which condition a conditional statement holds. */
    when: z.string().optional(),
    /** What it states, clause by clause; of a refuted statement what is true instead, of a conditional one by branch. */
    clauses: clausesSchema.optional(),
    /** What is true in place of a refuted statement. */
    instead: z.string().optional(),
    /** What Kubernetes really does. */
    reality: z.string(),
    documentation: z.array(z.url()).optional(),
    /** Sections that state it, by document. */
    documents: z.record(z.string(), z.array(z.string())).optional(),
    /** Versions that it applies to. */
    versions: z.string().optional(),
    /** The minor of Kubernetes from which it holds on a cluster that sets no feature gate. */
    since: z
      .string()
      .regex(/^1\.\d+$/)
      .optional(),
    /** A feature gate without which it does not hold. */
    gate: z.string().optional(),
    /** Why no guarantee can show it on a cluster made by kind. */
    notTestable: z.string().optional(),
  })
  .refine(({ verdict, when }) => verdict !== 'conditional' || when !== undefined, 'must say when a conditional statement holds')

/** A file of the ledger: the statements of one area. */
export const ledgerAreaSchema = z.strictObject({ title: z.string(), entries: z.array(ledgerEntrySchema) })

/** Titles of the documents, by the short name that entries use. */
export const documentsSchema = z.record(z.string(), z.string())

/** A documented statement and the guarantees that check it; the sections of documents are told by title. */
export const coveredEntrySchema = z.strictObject({
  ...ledgerEntrySchema.shape,
  clauses: z.array(coveredClauseSchema).optional(),
  area: z.string(),
  guarantees: z.array(z.string()),
})

/** A documented statement and the guarantees that check it. */
export type CoveredEntry = z.infer<typeof coveredEntrySchema>

/** What the ledger knows of an entry before any cluster was looked at. */
export type CoverageStatus = 'checked' | 'not testable' | 'no check yet'

/** Verdicts and skipped checks of a run. */
export interface ChecksOfRun {
  /** Verdicts of the checks that were selected. */
  readonly verdicts: ReadonlyMap<string, VerdictName>
  /** Why a check did not run, by its id. */
  readonly notRun: ReadonlyMap<string, string>
  /** What became of the clauses of the entry; absent for an entry without clauses. */
  readonly clauses?: readonly ClauseResult[] | undefined
}

/** Whether guarantees check an entry, none can, or none does yet. */
export function statusOf({ guarantees, notTestable }: CoveredEntry): CoverageStatus {
  if (guarantees.length > 0) return 'checked'
  return notTestable === undefined ? 'no check yet' : 'not testable'
}

const shown = {
  holds: 'holds',
  refuted: 'does not hold (documented wrongly, shown)',
  conditional: 'shown in part: conditional',
} as const satisfies Record<CoveredEntry['verdict'], Outcome>

/**
 * What became of an entry in a run. It is shown only when all of its clauses were upheld. An entry of an earlier version has no clauses: it
 * is shown when every check of it ran and Passed. A check that Failed says that this cluster does otherwise than the ledger expects.
 */
export function outcomeOf(entry: CoveredEntry, checks: ChecksOfRun): EntryOutcome {
  if (checks.clauses === undefined) return outcomeByChecks(entry, checks)
  return outcomeByClauses(entry.verdict, checks.clauses) ?? notShown(entry, checks)
}

function outcomeByChecks(entry: CoveredEntry, checks: ChecksOfRun): EntryOutcome {
  const verdicts = entry.guarantees.map((id) => checks.verdicts.get(id))
  if (verdicts.includes('Failed')) return { outcome: 'a check Failed', why: listed(entry, (id) => checks.verdicts.get(id) === 'Failed') }
  if (verdicts.length > 0 && verdicts.every((verdict) => verdict === 'Passed')) return { outcome: shown[entry.verdict] }
  return notShown(entry, checks)
}

function notShown(entry: CoveredEntry, checks: ChecksOfRun): EntryOutcome {
  const left = unshown(entry, checks)
  if (entry.verdict !== 'refuted') return left
  return { outcome: 'does not hold (asserted, not shown in this run)', why: outcomeText(left) }
}

/** An outcome with its reason, as one phrase. */
export function outcomeText({ outcome, why }: EntryOutcome): string {
  return why === undefined ? outcome : `${outcome}: ${why}`
}

const settled: ReadonlySet<Outcome> = new Set([
  'holds',
  'does not hold (documented wrongly, shown)',
  'condition met: holds; not met: does not',
])

/** Whether a run settled a statement: it holds, it is wrong and was shown to be, or both branches of its condition were shown. */
export function isSettled(outcome: Outcome): boolean {
  return settled.has(outcome)
}

function unshown(entry: CoveredEntry, { verdicts, notRun }: ChecksOfRun): EntryOutcome {
  const status = statusOf(entry)
  if (status === 'no check yet') return { outcome: status }
  if (status === 'not testable') return { outcome: status, why: entry.notTestable ?? '' }
  const ran = (id: string) => verdicts.get(id) === 'Passed' || verdicts.get(id) === 'Inconclusive'
  const idle = entry.guarantees.filter((id) => !ran(id))
  const reasons = [...new Set(idle.map((id) => notRun.get(id) ?? 'not part of this run'))].join('; ')
  if (idle.length === entry.guarantees.length) return { outcome: 'not run', why: reasons }
  const inconclusive = listed(entry, (id) => verdicts.get(id) === 'Inconclusive')
  const parts = [
    ...(inconclusive === '' ? [] : [`${inconclusive} Inconclusive`]),
    ...(idle.length === 0 ? [] : [`${idle.join(', ')} not run (${reasons})`]),
  ]
  return { outcome: 'not settled', why: parts.join('; ') || 'none of its clauses was judged' }
}

function listed({ guarantees }: CoveredEntry, wanted: (id: string) => boolean): string {
  return guarantees.filter(wanted).join(', ')
}

/** Areas in the order of their first entries, each with its entries. */
export function byArea<Entry extends { readonly area: string }>(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  return Map.groupBy(entries, ({ area }) => area)
}
