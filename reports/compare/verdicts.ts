import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'
import type { GuaranteeResult } from '../model/conformance-report.ts'
import { firstReason } from '../model/verdict-line.ts'
import type { VerdictOfSide } from './comparison.ts'
import type { ReportedRun, RunsOfSide } from './runs-of-side.ts'

/** What each run of a side says of one guarantee that it selected. */
export interface Judged {
  readonly run: ReportedRun
  readonly result: GuaranteeResult
}

/** The guarantees that runs of a side selected, each with what these runs say of it. */
export function judgedBySide({ runs }: RunsOfSide): ReadonlyMap<string, readonly Judged[]> {
  const all = runs.flatMap((run) => run.report.guarantees.map((result) => ({ run, result })))
  return Map.groupBy(all, ({ result }) => result.id)
}

/** Verdicts by what needs a reader first. */
export const worstFirst: readonly VerdictName[] = ['Failed', 'Inconclusive', 'NotSupported', 'Passed']

/** The run whose verdict needs a reader first. */
function worstOf(judged: readonly Judged[]): Judged | undefined {
  return worstFirst.flatMap((verdict) => judged.find(({ result }) => result.verdict === verdict) ?? [])[0]
}

/** What the runs of a side say of one guarantee together. */
export function verdictOfSide(judged: readonly Judged[]): VerdictOfSide {
  const runs: VerdictOfSide['runs'] = {}
  for (const { result } of judged) runs[result.verdict] = (runs[result.verdict] ?? 0) + 1
  const worst = worstOf(judged)?.result
  const cause = worst && firstReason(worst)
  const isFlaky = Object.keys(runs).length > 1
  const missing = worst?.verdict === 'NotSupported' && cause !== undefined ? missingIn(cause) : undefined
  return {
    verdict: isFlaky ? 'flaky' : (worst?.verdict ?? 'Inconclusive'),
    runs,
    ...(cause !== undefined && { cause }),
    ...(missing !== undefined && { missing }),
  }
}

/** What a cluster lacks, by the reason for NotSupported, which has no more than the words of a sentence. */
function missingIn(cause: string): string | undefined {
  const [, lacks, other] = /^Cluster \S+ lacks (.+)\.$|^It does not apply to cluster \S+: (.+)\.$/s.exec(cause) ?? []
  return lacks ?? other
}
