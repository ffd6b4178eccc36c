import { constants } from 'node:os'
import { breaksGate, entryCounts, knownIn } from '../known-failures/section.ts'
import { gateBy, gateOf, knownAsPassed } from '../model/gate.ts'
import { type ConformanceReport, exitCodeOf, hasRun, resultOf } from '../model/conformance-report.ts'

const resultMeanings = {
  success: 'every selected MUST Passed, and nothing that was selected Failed or was Inconclusive',
  failure: 'a documented sentence was broken',
  partial: 'not everything that was selected was shown to hold',
} as const

/**
 * The first sentence of a report: how many of all checks ran, what they showed, how many failures were known, and what of the selected ones
 * did not begin.
 */
export function headline({
  totals,
  guarantees,
  knownFailures,
}: Pick<ConformanceReport, 'totals' | 'guarantees' | 'knownFailures'>): string {
  const begun = guarantees.filter(hasRun)
  const count = (verdict: string) => begun.filter((guarantee) => guarantee.verdict === verdict).length
  const verdicts = ['Passed', 'Failed', 'Inconclusive'].filter((verdict) => count(verdict) > 0)
  const known = (verdict: string) =>
    begun.filter((guarantee) => guarantee.verdict === verdict && knownIn(knownFailures, guarantee.id) !== undefined).length
  const shown = verdicts
    .map((verdict) => `${count(verdict)} ${verdict}${known(verdict) === 0 ? '' : ` (${known(verdict)} known)`}`)
    .join(', ')
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

/** What the gate says, in a phrase that is true of the run: the result, or what known failures make of it. */
export function gateMeaning(report: Pick<ConformanceReport, 'result' | 'guarantees' | 'run' | 'knownFailures'>): string {
  const { result, run, knownFailures } = report
  if (knownFailures === undefined) return resultMeaning(report)
  const broken = knownFailures.entries.filter(breaksGate)
  const others = { ...knownFailures, entries: knownFailures.entries.filter((entry) => !breaksGate(entry)) }
  const ofVerdicts = gateBy(others, report)
  const meaning = resultMeaning({ result: ofVerdicts, guarantees: knownAsPassed(report.guarantees, others), run })
  if (broken.length > 0) {
    const sentence = `known failures must be put right: ${entryCounts(broken).join(', ')}`
    return ofVerdicts === 'success' ? sentence : `${meaning}; ${sentence}`
  }
  return ofVerdicts === 'success' && result !== 'success' ? `all that was not shown to hold is known; the result is ${result}` : meaning
}

/** The exit code of a run, and what it says: one that a signal stopped ends with 128 and the number of the signal. */
export function exitMeaning(report: Pick<ConformanceReport, 'result' | 'guarantees' | 'run' | 'knownFailures'>): string {
  const { interruptedBy } = report.run
  const signal = Object.entries(constants.signals).find(([name]) => name === interruptedBy)
  if (signal !== undefined) return `exit code ${128 + signal[1]}: the run was interrupted by ${signal[0]} before all was judged`
  return `exit code ${exitCodeOf(gateOf(report))}: ${gateMeaning(report)}`
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
