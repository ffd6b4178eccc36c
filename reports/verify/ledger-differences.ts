import type { ClauseResult } from '../model/clauses.ts'
import type { LedgerResult } from '../model/ledger-results.ts'

/** What of an entry came out otherwise than it is stored. */
export interface LedgerDifference {
  readonly entry: string
  readonly stored: string
  readonly now: string
}

/**
 * Clauses and entries of a stored report that the judgements in the evidence do not bear out. An entry with a guarantee whose evidence is
 * kept by digest only is left out.
 */
export function ledgerDifferences(
  stored: readonly LedgerResult[],
  { built, byDigest }: { readonly built: readonly LedgerResult[]; readonly byDigest: ReadonlySet<string> },
): readonly LedgerDifference[] {
  const now = new Map(built.map((entry) => [entry.id, entry]))
  return stored.flatMap(({ id, outcome, clauses, guarantees }) => {
    const entry = now.get(id)
    if (clauses === undefined || entry === undefined || guarantees.some((guarantee) => byDigest.has(guarantee))) return []
    const ofClauses = clauses.flatMap((clause) => {
      const [then, again] = [lineOf(clause), lineOf(entry.clauses?.find(({ key }) => key === clause.key))]
      return then === again ? [] : [{ entry: `${id}, clause ${clause.key}`, stored: then, now: again }]
    })
    return outcome === entry.outcome ? ofClauses : [...ofClauses, { entry: id, stored: outcome, now: entry.outcome }]
  })
}

function lineOf(clause: ClauseResult | undefined): string {
  if (clause === undefined) return 'no such clause'
  const judged = clause.judgements.map(({ guarantee, line, outcome }) => `${guarantee} line ${line} ${outcome}`)
  return [clause.outcome, ...judged].join(', ')
}
