import type { ClauseResult } from './clauses.ts'
import type { EntryOutcome, EntryVerdict } from './entry-outcome.ts'

/**
 * What became of an entry by its clauses. Undefined where none of them was judged: then the checks of the entry say why. A
 * branch of a conditional entry is shown when all clauses of that branch were upheld, and never by those of the other.
 */
export function outcomeByClauses(verdict: EntryVerdict, clauses: readonly ClauseResult[]): EntryOutcome | undefined {
  const violated = clauses.filter(({ outcome }) => outcome === 'violated')
  if (violated.length > 0) return { outcome: 'a check Failed', why: violated.map(clauseText).join('; ') }
  const unsettled = clauses.filter(({ outcome }) => outcome === 'not settled')
  if (!clauses.some(isUpheld))
    return unsettled.length === 0 ? undefined : { outcome: 'not settled', why: unsettled.map(clauseText).join('; ') }
  if (verdict === 'conditional') return byBranches(clauses)
  const missing = clauses.filter((clause) => !isUpheld(clause))
  if (missing.length > 0) return { outcome: 'partly proven', why: missing.map(clauseText).join('; ') }
  return { outcome: verdict === 'holds' ? 'holds' : 'does not hold (documented wrongly, shown)' }
}

function byBranches(clauses: readonly ClauseResult[]): EntryOutcome {
  const [met, notMet] = (['met', 'not met'] as const).map((wanted) => {
    const ofBranch = clauses.filter(({ branch = wanted }) => branch === wanted)
    return ofBranch.some(({ branch }) => branch === wanted) && ofBranch.every(isUpheld)
  })
  if (met && notMet) return { outcome: 'condition met: holds; not met: does not' }
  const missing = clauses.filter((clause) => !isUpheld(clause))
  const other = clauses.some(({ branch }) => branch === (met ? 'not met' : 'met'))
  const why = other ? missing.map(clauseText).join('; ') : `nothing shows what happens where the condition is ${met ? 'not met' : 'met'}`
  if (met) return { outcome: 'condition met: holds', why }
  if (notMet) return { outcome: 'condition not met: does not hold', why }
  return { outcome: 'partly proven', why: missing.map(clauseText).join('; ') }
}

function isUpheld({ outcome }: ClauseResult): boolean {
  return outcome === 'upheld'
}

/** A clause that was not upheld, as one phrase. */
function clauseText({ key, outcome, why }: ClauseResult): string {
  return `clause "${key}": ${outcome}${why === undefined ? '' : ` (${why.replace(/\.$/, '')})`}`
}
