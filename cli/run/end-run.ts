import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tearDown, type TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import { writeReports, type WrittenReports } from '../../reports/write-reports.ts'
import type { ClosedRun } from './close-run.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { failureText } from '../shell/failure.ts'
import { noteFindings, type RunDirectory } from './run-directory.ts'
import { runLimits } from './run-limits.ts'
import { log } from '../shell/log.ts'

/** A run whose work is over. */
export interface EndedRun {
  readonly run: RunDirectory
  /** Outcome of the suites: how Vitest ended, or the error that prevented it. */
  readonly work: PromiseSettledResult<unknown>
  /** Steps before the report, such as collecting logs. */
  readonly before: readonly TearDownStep[]
  /** Writes the report and prints the summary. */
  readonly report: () => Promise<ClosedRun>
  /** Steps after the report, such as deleting the cluster. */
  readonly after: readonly TearDownStep[]
  /** Does each part, and returns its findings: for who counts or times them. */
  readonly around?: (part: PartOfEnd, work: () => Promise<readonly string[]>) => Promise<readonly string[]>
}

/** The parts of the end of a run, in order. */
type PartOfEnd = 'before' | 'report' | 'after'

/**
 * Ends a run: logs, then the report, then the cluster. Each is done whatever became of the others; what fails is printed and noted in
 * `run.json`. Returns the exit code of the verdicts: nothing that fails here changes it, and it is that of a set-up error only when there
 * is no verdict at all.
 */
export async function endRun({ run, work, before, report, after, around = async (_, part) => part() }: EndedRun): Promise<ExitCode> {
  const broke = work.status === 'rejected' ? [failureText(work.reason)] : []
  const early = [...broke, ...(await around('before', async () => tearDown(before)))]
  let written: ClosedRun | undefined
  const writing: TearDownStep = {
    name: 'Writing the report',
    limit: runLimits.reportWritten,
    async run() {
      noteFindings(run.path, early)
      written = await report()
      return written.findings
    },
  }
  const ofReport = await around('report', async () => tearDown([writing]))
  const findings = [...early, ...ofReport, ...(await around('after', async () => tearDown(after)))]
  findings.push(...(await tearDown([noting(run, findings)])))
  const known = [...early, ...(written?.ofGuarantees ?? [])]
  if (written !== undefined && findings.some((finding) => !known.includes(finding))) {
    const again = await tearDown([rewriting(run)])
    findings.push(...again.filter((finding) => !findings.includes(finding)))
  }
  for (const finding of findings) if (written?.findings.includes(finding) !== true) log(`Finding: ${finding}`)
  const code = codeOfVerdicts(run.path, written)
  return code === exitCodes.success && broke.length > 0 ? exitCodes.partial : code
}

function noting(run: RunDirectory, findings: readonly string[]): TearDownStep {
  return { name: 'Writing findings to run.json', limit: runLimits.reportWritten, run: () => noteFindings(run.path, findings) }
}

/** Reports that were written before the cluster was deleted do not hold what went wrong since. */
function rewriting(run: RunDirectory): TearDownStep {
  return {
    name: 'Writing the report with what went wrong since',
    limit: runLimits.reportWritten,
    run: async () => (await writeReports(run.path)).findings,
  }
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
