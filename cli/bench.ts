import type { Command } from 'commander'
import { wholeNumber, withRunFlags } from './run-flags.ts'
import { planRun, type RunOptions } from './run-plan.ts'
import { strictCommand } from './strict-command.ts'

interface BenchOptions extends RunOptions {
  readonly samples: number
}

/** `holdfast bench`: how long an event takes from the API server to the history. */
export function bench(): Command {
  return withRunFlags(strictCommand({ name: 'bench', summary: 'measure the time from an event to the history of a suite' }))
    .option('--samples <number>', 'events to measure', wholeNumber(10), 300)
    .action(async ({ samples, ...options }: BenchOptions) => {
      const plan = planRun([], options)
      const { runBench } = await import('./bench-run.ts')
      process.exitCode = await runBench({ plan, samples })
    })
}
