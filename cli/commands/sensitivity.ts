import type { Command } from 'commander'
import { didYouMean } from '../../contract/nearest-name.ts'
import { selectComponentMutants } from '../controls/component-selection.ts'
import { mutantsOf } from '../controls/mutants-of.ts'
import { wholeNumber, withChaosFlag, withRunFlags } from '../plan/run-flags.ts'
import { planRun, type RunOptions, type RunPlan } from '../plan/run-plan.ts'
import { type JsonFlag, printJson, withJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { table } from '../shell/table.ts'
import { UsageError } from '../shell/usage-error.ts'

interface SensitivityOptions extends RunOptions, JsonFlag {
  readonly guarantee?: readonly string[]
  readonly minutes?: number
  /** True where the flag has no names. */
  readonly components?: readonly string[] | true
  readonly list?: boolean
}

/** `holdfast sensitivity [mutants…]`: shows that every guarantee can fail. */
export function sensitivity(): Command {
  const summary = 'run the suites against mutants and require that they fail'
  const command = withJson(strictCommand({ name: 'sensitivity', summary }), {
    says: 'with --list: print them as one JSON document, and nothing else',
  })
  return withChaosFlag(withRunFlags(command))
    .option('--guarantee <names...>', 'only these concepts, suites or guarantees')
    .option('--components [names...]', 'mutants of Kubernetes itself: of these components, concepts or guarantees, or by their names')
    .option('--list', 'with --components: print its mutants, and run nothing')
    .option('--minutes <number>', 'start controls for this long only: a different part each day', wholeNumber(1))
    .argument('[mutants...]', 'mutants to run; by default every mutant that a guarantee names')
    .action(async (names: string[], options: SensitivityOptions) => {
      if (options.json === true && options.list !== true) throw new UsageError('--json only applies to --list.', { fix: 'Add --list.' })
      if (options.components !== undefined) return ofComponents(names, options)
      if (options.list === true) throw new UsageError('--list only applies to --components.', { fix: 'Add --components.' })
      const plan = planRun(options.guarantee ?? [], options)
      refuseUnknownMutants(plan, names)
      const { runSensitivity } = await import('../controls/sensitivity-run.ts')
      process.exitCode = await runSensitivity({ plan, what: { names }, minutes: options.minutes })
    })
}

async function ofComponents(names: readonly string[], options: SensitivityOptions): Promise<void> {
  const { components = [], guarantee, list = false, json = false, minutes } = options
  if (guarantee !== undefined)
    throw new UsageError('--guarantee and --components cannot be used together.', { fix: 'Name the guarantees behind --components.' })
  const chosen = selectComponentMutants([...(components === true ? [] : components), ...names])
  if (list && json) return printJson(chosen)
  if (list) return table(chosen.map(({ name, killedBy, description }) => [name, killedBy, description])).forEach(log)
  const plan = planRun([...new Set(chosen.map(({ killedBy }) => killedBy))], options)
  const { runSensitivity } = await import('../controls/sensitivity-run.ts')
  process.exitCode = await runSensitivity({ plan, what: { components: chosen }, minutes })
}

function refuseUnknownMutants(plan: RunPlan, names: readonly string[]): void {
  const known: readonly string[] = [...mutantsOf(plan.guarantees).keys()]
  for (const name of names) {
    if (!known.includes(name)) {
      throw new UsageError(`No guarantee names the mutant ${name}.${didYouMean(name, known)}`, { fix: `Use one of ${known.join(', ')}.` })
    }
  }
}
