import { printSummary } from '../reports/render/summary.ts'
import { writeReports } from '../reports/write-reports.ts'
import type { ExitCode } from './exit-code.ts'
import { endRunRecord, type RunDirectory } from './run-directory.ts'

/** Notes how the run ended, writes its reports, prints the summary, and returns the exit code of the verdicts. */
export async function closeRun(run: RunDirectory, ending: { readonly interruptedBy: string | undefined }): Promise<ExitCode> {
  endRunRecord(run.path, ending)
  const { report, exitCode, htmlPath } = await writeReports(run.path)
  printSummary(report, { htmlPath, runDirectory: run.path })
  return exitCode
}
