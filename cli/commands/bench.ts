import { Argument, type Command } from 'commander'
import { benchmarks, type BenchmarkName } from '../run/benchmarks.ts'
import { wholeNumber, withForeignFlags, withInstallFlags, withRunFlags } from '../plan/run-flags.ts'
import { planRun, type RunOptions } from '../plan/run-plan.ts'
import { withInstallation } from '../plan/with-installation.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

interface BenchOptions extends RunOptions {
  readonly samples: number
  readonly rounds: number
  readonly pods: number
}

/** `holdfast bench`: how long an event takes from the API server to the history, how quick the CSI driver is, and how both grow. */
export function bench(): Command {
  const summary = 'measure the CSI driver and the delay from an API event to the history'
  return withInstallFlags(withForeignFlags(withRunFlags(strictCommand({ name: 'bench', summary }))))
    .addArgument(
      new Argument(
        '[what]',
        'what to measure; all but goals when left out. goals: what has a goal of time or memory, on clusters of its own',
      ).choices([...Object.keys(benchmarks), 'goals']),
    )
    .option('--samples <number>', 'events to measure', wholeNumber(10), 300)
    .option('--rounds <number>', 'how often each operation of the CSI driver is measured; the median counts', wholeNumber(1), 7)
    .option(
      '--pods <number>',
      'Pods of the largest StatefulSet of "growth"; of 10, 100 and 500 those that the nodes have room for',
      wholeNumber(10),
      500,
    )
    .action(async (what: BenchmarkName | 'goals' | undefined, { samples, rounds, pods, ...options }: BenchOptions, command: Command) => {
      if (what === 'goals') {
        refuseFlags(command)
        const { runGoals } = await import('../bench/goals-run.ts')
        process.exitCode = await runGoals(command.getOptionValueSource('rounds') === 'cli' ? rounds : 1)
        return
      }
      const plan = await withInstallation(planRun([], options), { mayBuild: true })
      const { runBench } = await import('../run/bench-run.ts')
      const names = what === undefined ? (Object.keys(benchmarks) as BenchmarkName[]) : [what]
      process.exitCode = await runBench({ plan, names, numbers: { samples, rounds, pods } })
    })
}

/** What is measured on clusters of its own is measured as users start it: with what holdfast.yaml says, and no flag. */
function refuseFlags(command: Command): void {
  const given = command.options.find(
    (option) => option.attributeName() !== 'rounds' && command.getOptionValueSource(option.attributeName()) === 'cli',
  )
  if (given !== undefined)
    throw new UsageError(`${given.long ?? given.flags} does not apply to "bench goals", which makes clusters of its own.`, {
      fix: 'Leave it out.',
    })
}
