import { join } from 'node:path'
import { z } from 'zod'
import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'
import { clauseResult, clauseResultSchema, type LabelledJudgement, labelledJudgementSchema } from './clauses.ts'
import { outcomes } from './entry-outcome.ts'
import { type CoveredEntry, coveredEntrySchema, outcomeOf } from './ledger.ts'
import { readJsonLines } from './run-files.ts'

/** A documented statement, what became of it and of its clauses in a run, and why not more. */
export const ledgerResultSchema = z.strictObject({
  ...coveredEntrySchema.shape,
  clauses: z.array(clauseResultSchema).optional(),
  outcome: z.enum(outcomes),
  why: z.string().optional(),
})

/** A documented statement, what became of it and of its clauses in a run, and why not more. */
export type LedgerResult = z.infer<typeof ledgerResultSchema>

/** What a run showed of guarantees. */
export interface ShownByRun {
  readonly guarantees: readonly { readonly id: string; readonly verdict: VerdictName; readonly reasons: readonly { summary: string }[] }[]
  readonly skipped: readonly { readonly id: string; readonly why: string }[]
}

/** What became of each entry of the ledger in a run, by its verdicts and the judgements that it stored. */
export async function ledgerResults(
  runDirectory: string,
  { entries, guarantees, skipped }: ShownByRun & { readonly entries: readonly CoveredEntry[] },
): Promise<LedgerResult[]> {
  const verdicts = new Map(guarantees.map(({ id, verdict }) => [id, verdict]))
  const unsupported = guarantees.flatMap(({ id, verdict, reasons }) =>
    verdict === 'NotSupported' ? [[id, reasons[0]?.summary ?? verdict] as const] : [],
  )
  const notRun = new Map([...skipped.map(({ id, why }) => [id, why] as const), ...unsupported])
  const judges = new Set(entries.flatMap(({ clauses = [] }) => clauses.flatMap(({ judgedBy }) => Object.keys(judgedBy))))
  const judgements = new Map<string, readonly LabelledJudgement[]>()
  for (const { id } of guarantees.filter((guarantee) => judges.has(guarantee.id)))
    judgements.set(id, await labelledJudgements(join(runDirectory, 'evidence', id, 'judgements.jsonl')))
  return entries.map(({ clauses: stated, ...entry }) => {
    const clauses = stated?.map((clause) => clauseResult(clause, { verdicts, notRun, judgements }))
    return { ...entry, ...(clauses && { clauses }), ...outcomeOf(entry, { verdicts, notRun, clauses }) }
  })
}

/** The judgements of a file that have a label; none when it cannot be read, which is for its digest and the recheck to say. */
async function labelledJudgements(path: string): Promise<readonly LabelledJudgement[]> {
  try {
    return (await readJsonLines(path)).flatMap((line, index) => {
      const { success, data } = labelledJudgementSchema.safeParse(line)
      return success ? [{ ...data, line: index + 1 }] : []
    })
  } catch {
    return []
  }
}
