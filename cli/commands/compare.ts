import type { Command } from 'commander'
import { messageOf } from '../../harness/engine/causes.ts'
import { findRun } from '../run/find-run.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

/** `holdfast compare <run A> <run B>`: the guarantees whose verdicts differ between two runs. */
export function compare(): Command {
  return strictCommand({ name: 'compare', summary: 'print each guarantee whose verdict differs between two runs, with both reasons' })
    .argument('<run A>', 'run id, run directory, or "latest"')
    .argument('<run B>', 'run id, run directory, or "latest"')
    .action(async (one: string, other: string) => {
      const directories = [findRun(one), findRun(other)] as const
      const { compareRuns, comparisonLines } = await import('../../reports/verify/compare.ts')
      const comparison = await compareRuns(...directories).catch((error: unknown) => {
        throw new UsageError(messageOf(error), { fix: 'Name two runs that have ended.' })
      })
      if (comparison.both === 0)
        throw new UsageError(`No guarantee was selected in both runs.`, { fix: 'Name two runs that share guarantees.' })
      for (const line of comparisonLines(comparison)) log(line)
      process.exitCode = comparison.otherwise.length === 0 ? exitCodes.success : exitCodes.violation
    })
}
