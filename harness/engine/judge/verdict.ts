import type { JudgementRecord, Reason } from '../history/judgement-record.ts'
import type { VerdictName } from './verdict-record.ts'

/** A judgement as far as the verdict follows from it; what broke the suite has no verb. */
type Judged = Pick<JudgementRecord, 'outcome' | 'reason' | 'description'> & Partial<Pick<JudgementRecord, 'verb'>>

/** The verbs that judge a guarantee. `until` only waits for what a judgement needs. */
const judging: readonly unknown[] = ['toReach', 'toStay', 'toUphold'] satisfies JudgementRecord['verb'][]

/** The verdict that follows from judgements: Failed before Inconclusive before Passed, for which something must have been judged. */
export function verdictOf(judgements: readonly Judged[]): {
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
  if (!judgements.some(({ verb }) => judging.includes(verb))) {
    const summary = judgements.length === 0 ? 'Nothing was judged.' : 'Only preconditions were judged.'
    return { verdict: 'Inconclusive', reasons: [{ summary }] }
  }
  return { verdict: 'Passed', reasons: [] }
}
