import { printSummary } from '../reports/render/summary.ts'
import { writeReports, type WrittenReports } from '../reports/write-reports.ts'
import { endRunRecord, type RunDirectory } from './run-directory.ts'
import { say } from './say.ts'

/** Notes how the run ended, writes its reports and prints the summary. What of it could not be written is printed, and in the findings of the result. */
export async function closeRun(run: RunDirectory, ending: { readonly interruptedBy: string | undefined }): Promise<WrittenReports> {
  endRunRecord(run.path, ending)
  const written = await writeReports(run.path)
  printSummary(written.report, { htmlPath: written.htmlPath, runDirectory: run.path })
  for (const finding of written.findings) say(`Finding: ${finding}`)
  return written
}
