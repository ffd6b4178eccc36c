import { findingsWithIds } from '../../reports/model/guarantee-files.ts'
import { printSummary } from '../../reports/render/text/summary.ts'
import type { RunHistory } from '../../reports/trend/read-history.ts'
import { writeReports, type WrittenReports } from '../../reports/write-reports.ts'
import { endRunRecord, type RunDirectory } from './run-directory.ts'
import { storeEarlierRuns } from './earlier-runs.ts'
import { log } from '../shell/log.ts'

/** The reports of a run that is closed. */
export interface ClosedRun extends WrittenReports {
  /** Those of the findings that were there before the reports: what went wrong while guarantees were torn down. */
  readonly ofGuarantees: readonly string[]
}

/** How a run ended, and the earlier runs that its report tells of. */
export interface RunEnding {
  /** Name of the signal; undefined where none came. */
  readonly interruptedBy: string | undefined
  /** None when undefined. */
  readonly history?: RunHistory | undefined
}

/**
 * Notes how the run ended, writes its reports and prints the summary. What went wrong while guarantees were torn down, and what of the
 * reports could not be written, is printed, and in the findings of the result.
 */
export async function closeRun(run: RunDirectory, { interruptedBy, history }: RunEnding): Promise<ClosedRun> {
  endRunRecord(run.path, { interruptedBy })
  const ofHistory = history === undefined ? [] : await storeEarlierRuns(run.path, history)
  const written = await writeReports(run.path)
  printSummary(written.report, { htmlPath: written.htmlPath, runDirectory: run.path })
  const ofGuarantees = findingsWithIds(written.report.guarantees)
  const findings = [...ofHistory, ...written.findings, ...ofGuarantees]
  for (const finding of findings) log(`Finding: ${finding}`)
  return { ...written, findings, ofGuarantees }
}
