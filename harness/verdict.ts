import type { JudgementRecord, Reason, VerdictName } from './verdict-record.ts'

/** The verdict that follows from judgements: Failed before Inconclusive before Passed; no judgement at all is Inconclusive. */
export function verdictOf(judgements: readonly Pick<JudgementRecord, 'outcome' | 'reason' | 'description'>[]): {
  readonly verdict: VerdictName
  readonly reasons: readonly Reason[]
} {
  const reasonsOf = (outcome: JudgementRecord['outcome']): Reason[] =>
    judgements
      .filter((judgement) => judgement.outcome === outcome)
      .map((judgement) => judgement.reason ?? { summary: `${judgement.description}: no reason was recorded.` })
  const violations = reasonsOf('violated')
  const doubts = reasonsOf('inconclusive')
  if (violations.length > 0) return { verdict: 'Failed', reasons: [...violations, ...doubts] }
  if (doubts.length > 0) return { verdict: 'Inconclusive', reasons: doubts }
  if (judgements.length === 0) return { verdict: 'Inconclusive', reasons: [{ summary: 'Nothing was judged.' }] }
  return { verdict: 'Passed', reasons: [] }
}
