import type { Command } from 'commander'
import { didYouMean } from '../../contract/nearest-name.ts'
import { mutantsOf } from '../controls/mutants-of.ts'
import { wholeNumber, withChaosFlag, withRunFlags } from '../plan/run-flags.ts'
import { planRun, type RunOptions, type RunPlan } from '../plan/run-plan.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

interface SensitivityOptions extends RunOptions {
  readonly guarantee?: readonly string[]
  readonly minutes?: number
}

/** `holdfast sensitivity [mutants…]`: shows that every guarantee can fail. */
export function sensitivity(): Command {
  const summary = 'run the suites against mutants and require that they fail'
  return withChaosFlag(withRunFlags(strictCommand({ name: 'sensitivity', summary })))
    .option('--guarantee <names...>', 'only these concepts, suites or guarantees')
    .option('--minutes <number>', 'start controls for this long only: a different part each day', wholeNumber(1))
    .argument('[mutants...]', 'mutants to run; by default every mutant that a guarantee names')
    .action(async (names: string[], options: SensitivityOptions) => {
      const plan = planRun(options.guarantee ?? [], options)
      refuseUnknownMutants(plan, names)
      const { runSensitivity } = await import('../controls/sensitivity-run.ts')
      process.exitCode = await runSensitivity({ plan, names, minutes: options.minutes })
    })
}

function refuseUnknownMutants(plan: RunPlan, names: readonly string[]): void {
  const known: readonly string[] = [...mutantsOf(plan.guarantees).keys()]
  for (const name of names) {
    if (!known.includes(name)) {
      throw new UsageError(`No guarantee names the mutant ${name}.${didYouMean(name, known)}`, { fix: `Use one of ${known.join(', ')}.` })
    }
  }
}
