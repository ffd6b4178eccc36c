import { Argument, type Command } from 'commander'
import { benchmarks, type BenchmarkName } from '../run/benchmarks.ts'
import { wholeNumber, withForeignFlags, withInstallFlags, withRunFlags } from '../plan/run-flags.ts'
import { planRun, type RunOptions } from '../plan/run-plan.ts'
import { withInstallation } from '../plan/with-installation.ts'
import { strictCommand } from '../shell/strict-command.ts'

interface BenchOptions extends RunOptions {
  readonly samples: number
  readonly rounds: number
}

/** `holdfast bench`: how long an event takes from the API server to the history, and how quick the CSI driver is. */
export function bench(): Command {
  const summary = 'measure the CSI driver and the delay from an API event to the history'
  return withInstallFlags(withForeignFlags(withRunFlags(strictCommand({ name: 'bench', summary }))))
    .addArgument(new Argument('[what]', 'what to measure; both when left out').choices(Object.keys(benchmarks)))
    .option('--samples <number>', 'events to measure', wholeNumber(10), 300)
    .option('--rounds <number>', 'how often each operation of the CSI driver is measured; the median counts', wholeNumber(1), 7)
    .action(async (what: BenchmarkName | undefined, { samples, rounds, ...options }: BenchOptions) => {
      const plan = await withInstallation(planRun([], options), { mayBuild: true })
      const { runBench } = await import('../run/bench-run.ts')
      const names = what === undefined ? (Object.keys(benchmarks) as BenchmarkName[]) : [what]
      process.exitCode = await runBench({ plan, names, numbers: { samples, rounds } })
    })
}
