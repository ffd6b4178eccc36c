import type { GivenFailures } from '../../reports/compare/known-after.ts'
import type { RunsOfSide } from '../../reports/compare/runs-of-side.ts'
import { vitestResults } from '../../reports/model/guarantee-files.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { codeAgainstBaseline } from './baseline.ts'
import { hasErrorOutsideTests, type VitestEnding } from './has-error-outside-tests.ts'

/** A run that has ended, and what it is compared with. */
export interface EndedRun {
  readonly directory: string
  /** Nothing when undefined. */
  readonly baseline: RunsOfSide | undefined
  readonly knownFailures: GivenFailures | undefined
  /** How the suites ended. */
  readonly work: PromiseSettledResult<VitestEnding>
}

/**
 * The exit code of a run, by that of its verdicts, by its baseline, and by what broke outside the tests. Prints what makes it another one.
 */
export async function codeOfRun(verdicts: ExitCode, { directory, baseline, knownFailures, work }: EndedRun): Promise<ExitCode> {
  const code = baseline === undefined ? verdicts : await codeAgainstBaseline(verdicts, { baseline, directory, knownFailures })
  if (code !== exitCodes.success || work.status === 'rejected' || !hasErrorOutsideTests(work.value, await vitestResults(directory)))
    return code
  log(`All verdicts are a success, but Vitest exited with ${work.value ?? 'a signal'}: an error occurred outside the tests.`)
  return exitCodes.partial
}
