import type { SensitivityRow } from '../../reports/model/sensitivity.ts'

/** Why a mutant is alive under a guarantee, in one line. */
export function whyAlive({
  verdict,
  reason,
  effect,
  killedBy = '',
}: Pick<SensitivityRow, 'verdict' | 'reason' | 'effect' | 'killedBy'>): string {
  const isJudged = verdict === 'Failed' || verdict === 'Passed'
  if (isJudged && effect === '') return 'the evidence does not show that the mutant took effect'
  if (verdict === 'Passed') return 'every judgement was upheld'
  if (verdict !== 'Failed') return reason
  return killedBy === '' ? 'no judgement failed' : 'it only timed out: the judgement names nothing that was seen instead'
}
