import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tearDown, type TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import type { WrittenReports } from '../../reports/write-reports.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { failureText } from '../shell/failure.ts'
import { noteFindings, type RunDirectory } from './run-directory.ts'
import { runLimits } from './run-limits.ts'
import { say } from '../shell/say.ts'

/** A run whose work is over. */
export interface EndedRun {
  readonly run: RunDirectory
  /** What the suites came to: how Vitest ended, or the error that kept them from it. */
  readonly work: PromiseSettledResult<unknown>
  /** What is done before the report, such as collecting logs. */
  readonly before: readonly TearDownStep[]
  /** Writes the report and prints the summary. */
  readonly report: () => Promise<WrittenReports>
  /** What is done once the report is there, such as deleting the cluster. */
  readonly after: readonly TearDownStep[]
}

/**
 * Ends a run: logs, then the report, then the cluster. Each is done whatever became of the others; what fails is printed and noted in
 * `run.json`. Returns the exit code of the verdicts: nothing that fails here changes it, and it is that of a set-up error only when there
 * is no verdict at all.
 */
export async function endRun({ run, work, before, report, after }: EndedRun): Promise<ExitCode> {
  const broke = work.status === 'rejected' ? [failureText(work.reason)] : []
  const early = [...broke, ...(await tearDown(before))]
  let written: WrittenReports | undefined
  const writing: TearDownStep = {
    name: 'Writing the report',
    limit: runLimits.reportWritten,
    async run() {
      noteFindings(run.path, early)
      written = await report()
      return written.findings
    },
  }
  const findings = [...early, ...(await tearDown([writing, ...after]))]
  findings.push(...(await tearDown([noting(run, findings)])))
  for (const finding of findings) if (written?.findings.includes(finding) !== true) say(`Finding: ${finding}`)
  const code = codeOfVerdicts(run.path, written)
  return code === exitCodes.success && broke.length > 0 ? exitCodes.partial : code
}

function noting(run: RunDirectory, findings: readonly string[]): TearDownStep {
  return { name: 'Writing findings to run.json', limit: runLimits.reportWritten, run: () => noteFindings(run.path, findings) }
}

/** The exit code of the report, or without one that of the verdicts as far as they were left: then it can be no success. */
function codeOfVerdicts(directory: string, written: WrittenReports | undefined): ExitCode {
  const stored = globSync('evidence/*/*/verdict.json', { cwd: directory }).map((file) => verdictIn(join(directory, file)))
  if (stored.length === 0) return exitCodes.setUp
  if (written !== undefined) return written.exitCode
  return stored.includes('Failed') ? exitCodes.violation : exitCodes.partial
}

function verdictIn(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly verdict?: unknown }).verdict
  } catch {
    // A file that was cut off says nothing.
    return undefined
  }
}
