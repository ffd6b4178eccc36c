import { z } from 'zod'
import type { VerdictName } from '../../harness/verdict-record.ts'

const sentence = z.string().regex(/\.$/, 'must end with a full stop')

/** A documented statement as a file of the ledger states it. */
export const ledgerEntrySchema = z
  .strictObject({
    id: z.string().regex(/^[a-z]+\.[a-z0-9-]+$/, 'must be <area>.<name>'),
    /** How much depends on it, in the words of RFC 2119. */
    level: z.enum(['MUST', 'SHOULD', 'MAY']),
    /** What is stated, in our own words; of a refuted statement what is stated wrongly. */
    statement: sentence,
    /** What is expected to be found on a cluster. */
    verdict: z.enum(['holds', 'refuted', 'conditional']),
    /** Under which condition a conditional statement holds. */
    when: z.string().optional(),
    /** What is true in place of a refuted statement. */
    instead: z.string().optional(),
    /** What Kubernetes really does. */
    reality: z.string(),
    documentation: z.array(z.url()).optional(),
    /** Sections that state it, by document. */
    documents: z.record(z.string(), z.array(z.string())).optional(),
    /** Versions that it applies to. */
    versions: z.string().optional(),
    /** Why no guarantee can show it on a cluster made by kind. */
    notTestable: z.string().optional(),
  })
  .refine(({ verdict, when }) => verdict !== 'conditional' || when !== undefined, 'must say when a conditional statement holds')

/** A file of the ledger: the statements of one area. */
export const ledgerAreaSchema = z.strictObject({ title: z.string(), entries: z.array(ledgerEntrySchema) })

/** Titles of the documents, by the short name that entries use. */
export const documentsSchema = z.record(z.string(), z.string())

/** A documented statement and the guarantees that prove it; the sections of documents are told by title. */
export const coveredEntrySchema = z.strictObject({
  ...ledgerEntrySchema.shape,
  area: z.string(),
  guarantees: z.array(z.string()),
})

/** A documented statement and the guarantees that prove it. */
export type CoveredEntry = z.infer<typeof coveredEntrySchema>

/** What the ledger knows of an entry before any cluster was looked at. */
export type CoverageStatus = 'covered' | 'not testable' | 'open'

/** What became of an entry in a run, from best to worst told. */
export const outcomes = ['proven', 'refuted as expected', 'otherwise than expected', 'not told', 'not run', 'not testable', 'open'] as const

/** What became of an entry in a run. */
export type Outcome = (typeof outcomes)[number]

/** Whether guarantees prove an entry, none can, or none does yet. */
export function statusOf({ guarantees, notTestable }: CoveredEntry): CoverageStatus {
  if (guarantees.length > 0) return 'covered'
  return notTestable === undefined ? 'open' : 'not testable'
}

/**
 * What became of an entry, by the verdicts of the guarantees of a run: it is proven, or refuted as expected, when all that cover it and were
 * run Passed. One that Failed says that the cluster behaves otherwise than expected.
 */
export function outcomeOf(entry: CoveredEntry, verdicts: ReadonlyMap<string, VerdictName>): Outcome {
  const status = statusOf(entry)
  if (status !== 'covered') return status
  const found = entry.guarantees.flatMap((id) => verdicts.get(id) ?? [])
  if (found.includes('Failed')) return 'otherwise than expected'
  if (found.includes('Inconclusive')) return 'not told'
  if (!found.includes('Passed')) return 'not run'
  return entry.verdict === 'refuted' ? 'refuted as expected' : 'proven'
}

/** Areas in the order of their first entries, each with its entries. */
export function byArea<Entry extends { readonly area: string }>(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  return Map.groupBy(entries, ({ area }) => area)
}
