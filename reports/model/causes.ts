import type { GuaranteeResult } from './conformance-report.ts'

/** Guarantees that came out alike for the same cause. */
export interface Cause {
  readonly verdict: 'Failed' | 'Inconclusive'
  /** The first line of the first reason of the first of them. */
  readonly summary: string
  readonly guarantees: readonly GuaranteeResult[]
}

/** Groups what is Failed and what is Inconclusive by cause, Failed first, then what most have in common. */
export function causesOf(guarantees: readonly GuaranteeResult[]): readonly Cause[] {
  return (['Failed', 'Inconclusive'] as const).flatMap((verdict) => {
    const some = guarantees.filter((guarantee) => guarantee.verdict === verdict)
    const groups = [...Map.groupBy(some, causeKey).values()]
    return groups
      .map((group) => ({ verdict, summary: summaryOf(group[0]), guarantees: group }))
      .toSorted((a, b) => b.guarantees.length - a.guarantees.length)
  })
}

const kinds =
  'Pods?|PVCs?|PVs?|StatefulSets?|Deployments?|PersistentVolume(?:Claim)?s?|Volume\\w*|Services?|Jobs?|CronJobs?|Nodes?|node|entries'

/** The sentence of a cause without the names, numbers and quotations that differ from one guarantee to the next. */
function causeKey(guarantee: GuaranteeResult): string {
  return summaryOf(guarantee)
    .replaceAll(/"[^"]*"|\([^)]*\)/g, '…')
    .replaceAll(new RegExp(`\\b(${kinds}) [\\w./-]+`, 'g'), '$1 …')
    .replaceAll(/[\w./+-]*\d[\w./-]*/g, '…')
}

function summaryOf(guarantee: GuaranteeResult | undefined): string {
  return guarantee?.reasons[0]?.summary.split('\n')[0] ?? 'It says no reason.'
}
