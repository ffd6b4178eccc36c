import type { Command } from 'commander'
import { exitCodes } from '../shell/exit-code.ts'
import { findRun } from '../run/find-run.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'

/** `holdfast recheck <run>`: judges stored evidence again, without a cluster. */
export function recheck(): Command {
  return strictCommand({ name: 'recheck', summary: 'judge the stored evidence of a run again, without a cluster' })
    .argument('[run]', 'run id, run directory, or "latest"', 'latest')
    .action(async (name: string) => {
      const directory = findRun(name)
      const { printRecheck, recheck: recheckRun } = await import('../../reports/verify/recheck.ts')
      const { verifyReport } = await import('../../reports/verify/verify.ts')
      const problems = await verifyReport(directory)
      const result = await recheckRun(directory)
      printRecheck(result)
      for (const problem of problems) log(problem)
      process.exitCode = problems.length === 0 && result.exitCode === 0 ? exitCodes.success : exitCodes.violation
    })
}
