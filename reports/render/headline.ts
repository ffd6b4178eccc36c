import { type ConformanceReport, hasRun, resultOf } from '../model/conformance-report.ts'

const resultMeanings = {
  success: 'every selected MUST Passed, and nothing that was selected Failed or was Inconclusive',
  failure: 'a documented sentence was broken',
  partial: 'not everything that was selected was shown to hold',
} as const

/** The first sentence of a report: how many of all checks ran, what they showed, and what of the selected ones did not begin. */
export function headline({ totals, guarantees }: Pick<ConformanceReport, 'totals' | 'guarantees'>): string {
  const begun = guarantees.filter(hasRun)
  const count = (verdict: string) => begun.filter((guarantee) => guarantee.verdict === verdict).length
  const verdicts = ['Passed', 'Failed', 'Inconclusive'].filter((verdict) => count(verdict) > 0)
  const shown = verdicts.map((verdict) => `${count(verdict)} ${verdict}`).join(', ')
  const stopped = totals.guarantees - begun.length - totals.NotSupported
  return [
    `${totals.ran} of ${checks(totals.catalogue)} ran${shown === '' ? '' : `: ${shown}`}`,
    ...(totals.NotSupported === 0 ? [] : [`${totals.NotSupported} NotSupported`]),
    ...(stopped === 0 ? [] : [`${stopped} selected but never started`]),
    ...(guarantees.some(({ level }) => level === 'MUST') ? [] : ['no MUST was selected']),
  ].join('; ')
}

/** What a result says, in a phrase that is true of the run. */
export function resultMeaning({
  result,
  guarantees,
  run: { leaks = [] },
}: Pick<ConformanceReport, 'result' | 'guarantees' | 'run'>): string {
  if (leaks.length > 0 && resultOf(guarantees) === 'success') return 'what was selected holds, but the run left storage behind'
  const noMust = result === 'success' && !guarantees.some(({ level }) => level === 'MUST')
  return noMust ? 'what was selected holds; no MUST was selected' : resultMeanings[result]
}

/** How many checks were not selected, by reason: "61 need Velero", one phrase a reason, the most frequent first. */
export function skippedByReason({ skipped }: Pick<ConformanceReport, 'skipped'>): readonly string[] {
  const reasons = [...Map.groupBy(skipped, ({ why }) => why)].map(([why, some]) => ({ why, count: some.length }))
  return reasons.toSorted((a, b) => b.count - a.count).map(({ why, count }) => `${count} ${why}`)
}

/** How many statements of the ledger the run settled; undefined without a ledger. */
export function statementsLine({ totals: { statements } }: Pick<ConformanceReport, 'totals'>): string | undefined {
  if (statements === undefined) return undefined
  const all = Object.values(statements)
  const sum = (count: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + count(one), 0)
  const { MUST } = statements
  return `${MUST.settled} of ${MUST.all} MUST statements of the ledger are settled, ${sum((one) => one.settled)} of ${sum((one) => one.all)} of all levels`
}

function checks(count: number): string {
  return count === 1 ? '1 check' : `${count} checks`
}
