import type { Command } from 'commander'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { loadChecksOfRun } from '../own-suites/checks-of-run.ts'
import { collected } from '../plan/run-flags.ts'
import { type RunOpener, withOpenedRuns } from '../run/opened-runs.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

/** `holdfast recheck <run>`: judges stored evidence again, without a cluster. */
export function recheck(): Command {
  return strictCommand({ name: 'recheck', summary: 'judge the stored evidence of a run again, without a cluster' })
    .option('--with <whole run>', 'the whole run that a published one was made from: compares its files with the published digests')
    .option(
      '--suites <directory>',
      'suites that are not of Holdfast: makes judgements by their checks again, by running their code',
      collected,
    )
    .argument('[run]', 'run id, run directory, archive, or "latest"', 'latest')
    .action(async (name: string, { with: whole, suites }: { readonly with?: string; readonly suites?: readonly string[] }) => {
      process.exitCode = await withOpenedRuns(async (open) => recheckNamed(name, { whole, suites, open }))
    })
}

interface Named {
  readonly whole: string | undefined
  readonly suites: readonly string[] | undefined
  readonly open: RunOpener
}

async function recheckNamed(name: string, { whole, suites, open }: Named): Promise<ExitCode> {
  const { directory, problems: ofArchive } = await open.run(name)
  await loadChecksOfRun(directory, suites)
  const isSame = whole === undefined || (await isSameRun(directory, { name: whole, directory: (await open.run(whole)).directory }))
  const { printRecheck, recheck: recheckRun } = await import('../../reports/verify/recheck.ts')
  const { verifyReport } = await import('../../reports/verify/verify.ts')
  const problems = [...ofArchive, ...(await verifyReport(directory))]
  const result = await recheckRun(directory)
  printRecheck(result)
  for (const problem of problems) log(problem)
  return isSame && problems.length === 0 && result.exitCode === 0 ? exitCodes.success : exitCodes.violation
}

/** Whether a whole run has the digests of a published one; prints what differs. */
async function isSameRun(directory: string, whole: { readonly name: string; readonly directory: string }): Promise<boolean> {
  const { publishedRun, wholeRunProblems } = await import('../../reports/model/published-run.ts')
  const published = await publishedRun(directory)
  if (published === undefined)
    throw new UsageError(`${directory} is not a published copy: it has no SHA256SUMS beside its report.`, { fix: 'Leave out --with.' })
  const problems = await wholeRunProblems(whole.directory, published)
  if (problems.length === 0)
    log(`${whole.name} is the whole run: all ${published.digests.size} digests match. Judge it with "recheck ${whole.name}".`)
  for (const { path, problem } of problems) log(`${whole.name} is not the run that was published: ${path} ${problem}.`)
  return problems.length === 0
}
