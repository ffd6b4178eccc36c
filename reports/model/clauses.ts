import { z } from 'zod'
import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'

/** A sentence of the ledger. */
export const sentence = z.string().regex(/\.$/, 'must end with a full stop')

const branch = z.enum(['met', 'not met'])

const clauseFields = {
  /** What the clause states, in one sentence; of a refuted statement what is true instead. */
  states: sentence,
  /** Of a conditional statement: whether it states what happens where the condition is met, or where it is not. */
  branch: branch.optional(),
  /** Why no judgement can decide it on a cluster made by kind. */
  nobody: sentence.optional(),
}

/** The clauses of a statement as a file of the ledger has them, by key. */
export const clausesSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be a key such as order'),
  z.union([sentence.transform((states) => ({ states })), z.strictObject(clauseFields)]),
)

/** A clause and the labels of the judgements that decide it, by guarantee. */
export const coveredClauseSchema = z.strictObject({
  key: z.string(),
  ...clauseFields,
  judgedBy: z.record(z.string(), z.array(z.string())),
})

const { judgedBy: _, ...ofResult } = coveredClauseSchema.shape

/** A clause and the labels of the judgements that decide it, by guarantee. */
export type CoveredClause = z.infer<typeof coveredClauseSchema>

/** What became of a clause in a run. */
export const clauseOutcomes = ['upheld', 'violated', 'not settled', 'not run', 'nobody can decide it', 'no judgement yet'] as const

/** A judgement as far as a clause needs it; one line of `judgements.jsonl`. */
export const labelledJudgementSchema = z.looseObject({
  verb: z.string(),
  label: z.string(),
  outcome: z.enum(['upheld', 'violated', 'inconclusive']),
  fromSeq: z.int().nonnegative(),
  untilSeq: z.int().nonnegative(),
})

/** A judgement that has a label, and its line in `judgements.jsonl`, the first being 1. */
export type LabelledJudgement = z.infer<typeof labelledJudgementSchema> & { readonly line: number }

const decidingJudgementSchema = z.strictObject({
  guarantee: z.string(),
  label: z.string(),
  /** Line in `judgements.jsonl` of the guarantee, the first being 1. */
  line: z.int().positive(),
  outcome: z.enum(['upheld', 'violated', 'inconclusive']),
  /** Entries of its history that were looked at: from the first to before the second. */
  entries: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
})

/** A clause, what became of it in a run, why not more, and the judgements that say so. */
export const clauseResultSchema = z.strictObject({
  ...ofResult,
  outcome: z.enum(clauseOutcomes),
  why: z.string().optional(),
  judgements: z.array(decidingJudgementSchema),
})

/** A clause, what became of it in a run, why not more, and the judgements that say so. */
export type ClauseResult = z.infer<typeof clauseResultSchema>

/** What a run judged. */
export interface JudgedByRun {
  readonly verdicts: ReadonlyMap<string, VerdictName>
  /** Why a guarantee did not run, by its id. */
  readonly notRun: ReadonlyMap<string, string>
  /** Judgements that have a label, by guarantee. */
  readonly judgements: ReadonlyMap<string, readonly LabelledJudgement[]>
}

/**
 * What became of a clause. One guarantee suffices that Passed and whose judgements of the labels were all upheld; one that broke it
 * outweighs any other.
 */
export function clauseResult(clause: CoveredClause, run: JudgedByRun): ClauseResult {
  const { judgedBy, ...stated } = clause
  const answers = Object.entries(judgedBy).map(([guarantee, labels]) => answerOf(guarantee, { labels, run }))
  const judgements = answers.flatMap((answer) => answer.judgements)
  const result = (outcome: ClauseResult['outcome'], why?: string): ClauseResult => ({
    ...stated,
    outcome,
    ...(why !== undefined && { why }),
    judgements,
  })
  if (clause.nobody !== undefined) return result('nobody can decide it', clause.nobody)
  if (answers.length === 0) return result('no judgement yet')
  const broken = answers.filter(({ outcome }) => outcome === 'violated')
  if (broken.length > 0) return result('violated', broken.map(({ guarantee }) => guarantee).join(', '))
  if (answers.some(({ outcome }) => outcome === 'upheld')) return result('upheld')
  const outcome = answers.every((answer) => answer.outcome === 'not run') ? 'not run' : 'not settled'
  return result(outcome, [...new Set(answers.map(({ why }) => why))].join('; '))
}

interface Answer {
  readonly guarantee: string
  readonly outcome: 'upheld' | 'violated' | 'not settled' | 'not run'
  readonly why: string
  readonly judgements: ClauseResult['judgements']
}

function answerOf(guarantee: string, { labels, run }: { readonly labels: readonly string[]; readonly run: JudgedByRun }): Answer {
  const verdict = run.verdicts.get(guarantee)
  const judged = (run.judgements.get(guarantee) ?? []).filter(({ label }) => labels.includes(label))
  const judgements = judged.map(({ label, line, outcome, fromSeq, untilSeq }) => ({
    ...{ guarantee, label, line, outcome },
    entries: [fromSeq, untilSeq] as [number, number],
  }))
  const answer = (outcome: Answer['outcome'], why = '') => ({ guarantee, outcome, why, judgements })
  if (verdict === undefined || verdict === 'NotSupported')
    return answer('not run', `${guarantee} not run (${run.notRun.get(guarantee) ?? 'not part of this run'})`)
  if (verdict === 'Failed' && judged.some(({ outcome }) => outcome === 'violated')) return answer('violated')
  const unjudged = labels.filter((label) => !judged.some((judgement) => judgement.label === label))
  if (unjudged.length > 0) return answer('not settled', `${guarantee} did not judge ${unjudged.join(', ')}`)
  if (verdict !== 'Passed' || judged.some(({ outcome }) => outcome !== 'upheld')) return answer('not settled', `${guarantee} ${verdict}`)
  return answer('upheld')
}
