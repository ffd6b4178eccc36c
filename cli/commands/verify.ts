import type { Command } from 'commander'
import { counted } from '../../contract/counted.ts'
import type { Findings } from '../../reports/attest/findings.ts'
import { commitsIn } from '../attest/commit-sources.ts'
import { verificationKey } from '../attest/keys.ts'
import { loadChecksOfRun } from '../own-suites/checks-of-run.ts'
import { readStoredSuite } from '../own-suites/store-own-suites.ts'
import { collected } from '../plan/run-flags.ts'
import { withOpenedRuns } from '../run/opened-runs.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { strictCommand } from '../shell/strict-command.ts'

interface VerifyOptions {
  readonly key?: string
  readonly repository: string
  readonly suites?: readonly string[]
}

/** `holdfast verify <run>`: whether a run is as it was attested, and says what its evidence says. */
export function verify(): Command {
  return strictCommand({
    name: 'verify',
    summary: 'verify signature, digests, report, evidence and suites of a run, without a cluster',
  })
    .option('--key <file>', 'public key in PEM of whoever attested the run; all but the signature is verified when left out')
    .option(
      '--suites <directory>',
      'suites that are not of Holdfast: makes judgements by their checks again, by running their code',
      collected,
    )
    .option('--repository <directory>', 'clone of Holdfast to look the commit of the run up in', projectRoot)
    .argument('<run>', 'run id, run directory, archive, or "latest"')
    .action(async (name: string, { key: file, repository, suites }: VerifyOptions) => {
      const key = file === undefined ? undefined : verificationKey(file)
      const findings = await withOpenedRuns(async (open) => {
        const { directory, problems } = await open.run(name)
        await loadChecksOfRun(directory, suites)
        const { verifyRun } = await import('../../reports/attest/verify-run.ts')
        const ofRun = await verifyRun(directory, { key, lookUp: commitsIn(repository), readSuite: readStoredSuite })
        return { ...ofRun, problems: [...problems, ...ofRun.problems] }
      })
      // A file may have a name that looks like another line, or like colours.
      for (const line of lines(findings)) log(line.replaceAll(/\p{Cc}/gu, '?'))
      process.exitCode = exitCodeOf(findings)
    })
}

/** How many problems are told one by one. */
const most = 50

function lines({ problems, unproven, shown }: Findings): readonly string[] {
  const more = problems.length > most ? [`And ${problems.length - most} more.`] : []
  const parts = [...shown.map((line) => `ok        ${line}`), ...unproven.map((line) => `not shown ${line}`)]
  const wrong = [...problems.slice(0, most).map((line) => `wrong     ${line}`), ...more]
  return [...parts, ...wrong, summary({ problems, unproven })]
}

function summary({ problems, unproven }: Pick<Findings, 'problems' | 'unproven'>): string {
  if (problems.length > 0)
    return `The run is not to be trusted: ${counted(problems.length, 'things')} ${problems.length === 1 ? 'is' : 'are'} wrong.`
  if (unproven.length > 0) return `Nothing is wrong, and ${counted(unproven.length, 'things')} could not be verified.`
  return 'All is as it was attested.'
}

function exitCodeOf({ problems, unproven }: Findings): ExitCode {
  if (problems.length > 0) return exitCodes.violation
  return unproven.length > 0 ? exitCodes.partial : exitCodes.success
}
