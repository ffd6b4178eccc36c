import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../../harness/engine/causes.ts'
import { printSummary } from '../../reports/render/summary.ts'
import { writeReports, type WrittenReports } from '../../reports/write-reports.ts'
import { endRunRecord, type RunDirectory } from './run-directory.ts'
import { say } from '../shell/say.ts'

/**
 * Notes how the run ended, writes its reports and prints the summary. What went wrong while guarantees were torn down, and what of the
 * reports could not be written, is printed, and in the findings of the result.
 */
export async function closeRun(run: RunDirectory, ending: { readonly interruptedBy: string | undefined }): Promise<WrittenReports> {
  endRunRecord(run.path, ending)
  const written = await writeReports(run.path)
  printSummary(written.report, { htmlPath: written.htmlPath, runDirectory: run.path })
  const findings = [...written.findings, ...findingsOfGuarantees(run.path)]
  for (const finding of findings) say(`Finding: ${finding}`)
  return { ...written, findings }
}

/** What is in the `findings.json` of each guarantee, one sentence each, after the id of the guarantee. */
function findingsOfGuarantees(directory: string): readonly string[] {
  const evidence = join(directory, 'evidence')
  return globSync('*/*/findings.json', { cwd: evidence })
    .toSorted((one, other) => one.localeCompare(other))
    .flatMap((file) => {
      const id = dirname(file)
      try {
        const { findings } = JSON.parse(readFileSync(join(evidence, file), 'utf8')) as { readonly findings: readonly string[] }
        return findings.map((finding) => `${id}: ${finding}`)
      } catch (error) {
        return [`Findings of ${id} cannot be read: ${messageOf(error)}`]
      }
    })
}
