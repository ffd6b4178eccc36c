import { findingsWithIds } from '../../reports/model/guarantee-files.ts'
import { printSummary } from '../../reports/render/summary.ts'
import { writeReports, type WrittenReports } from '../../reports/write-reports.ts'
import { endRunRecord, type RunDirectory } from './run-directory.ts'
import { log } from '../shell/log.ts'

/** The reports of a run that is closed. */
export interface ClosedRun extends WrittenReports {
  /** Those of the findings that were there before the reports: what went wrong while guarantees were torn down. */
  readonly ofGuarantees: readonly string[]
}

/**
 * Notes how the run ended, writes its reports and prints the summary. What went wrong while guarantees were torn down, and what of the
 * reports could not be written, is printed, and in the findings of the result.
 */
export async function closeRun(run: RunDirectory, ending: { readonly interruptedBy: string | undefined }): Promise<ClosedRun> {
  endRunRecord(run.path, ending)
  const written = await writeReports(run.path)
  printSummary(written.report, { htmlPath: written.htmlPath, runDirectory: run.path })
  const ofGuarantees = findingsWithIds(written.report.guarantees)
  const findings = [...written.findings, ...ofGuarantees]
  for (const finding of findings) log(`Finding: ${finding}`)
  return { ...written, findings, ofGuarantees }
}
