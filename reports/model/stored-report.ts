import { z } from 'zod'
import { type ConformanceReport, conformanceReportSchema, type GuaranteeResult, resultOf, totalsOf } from './conformance-report.ts'
import { coveredEntrySchema } from './ledger.ts'

const { totals } = conformanceReportSchema.shape

/** Reports of `holdfast.dev/v1alpha1`: they held neither skipped checks nor settled statements, and had other words for outcomes. */
const earlierReportSchema = z.strictObject({
  ...conformanceReportSchema.omit({ skipped: true }).shape,
  apiVersion: z.literal('holdfast.dev/v1alpha1'),
  totals: totals.omit({ catalogue: true, ran: true, skipped: true, statements: true }),
  ledger: z.array(z.strictObject({ ...coveredEntrySchema.shape, outcome: z.string() })).optional(),
})

/** Schema of a `report.json` that a run left: of this version, or of the one before. */
export const storedReportSchema = z.discriminatedUnion('apiVersion', [conformanceReportSchema, earlierReportSchema])

/** A `report.json` that a run left. */
export type StoredReport = z.infer<typeof storedReportSchema>

/** The result that verdicts and leaks make by the rule of the version of a stored report. */
export function resultBy({ apiVersion, run }: StoredReport, guarantees: readonly GuaranteeResult[]): ConformanceReport['result'] {
  const result = resultOf(guarantees, run)
  if (apiVersion !== 'holdfast.dev/v1alpha1' || result === 'failure') return result
  const musts = guarantees.filter(({ level }) => level === 'MUST')
  return musts.length > 0 && musts.every(({ verdict }) => verdict === 'Passed') ? 'success' : 'partial'
}

/** What is wrong with the totals of a stored report, a sentence each. */
export function totalsProblems(report: StoredReport): string[] {
  const counted: Record<string, unknown> = totalsOf(
    report.apiVersion === 'holdfast.dev/v1alpha1' ? { guarantees: report.guarantees, skipped: [] } : report,
  )
  return Object.entries(report.totals).flatMap(([name, said]) => {
    const [stated, found] = [JSON.stringify(said), JSON.stringify(counted[name])]
    return stated === found ? [] : [`report.json: totals.${name} is ${stated}, but ${found} were counted.`]
  })
}
