import type { Command } from 'commander'
import { readStrangers, type Stranger } from '../../clusters/strangers/stranger.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { lastLine } from '../budget/tally.ts'
import { mergeSettings, type RunOptions } from '../plan/run-plan.ts'
import { withInterruption } from '../run/with-interruption.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { type JsonFlag, printJson, withJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { table } from '../shell/table.ts'
import { UsageError } from '../shell/usage-error.ts'

interface StrangersOptions extends JsonFlag, Pick<RunOptions, 'config' | 'kubernetes'> {
  readonly quick?: boolean
  readonly only?: readonly string[]
  readonly retain?: boolean
  readonly list?: boolean
}

/** `holdfast strangers [names…]`, which is `npm run strangers`: storage that Holdfast knows nothing of, judged as a user would. */
export function strangers(): Command {
  const summary = 'judge storage that Holdfast did not set up, and compare it with what is true of it'
  return withJson(strictCommand({ name: 'strangers', summary }), { says: 'with --list: print them as one JSON document, and nothing else' })
    .argument('[names...]', 'strangers; all of them when left out')
    .option('--list', 'print the strangers and end')
    .option('--quick', 'run the part of each that "npm test" runs')
    .option('--only <guarantees...>', 'run these guarantees of each, as run takes names')
    .option('--config <file>', 'settings file instead of holdfast.yaml')
    .option('--kubernetes <version>', 'Kubernetes of the clusters: a minor such as 1.36, or a patch')
    .option('--retain', 'keep the clusters and print how to delete them')
    .action(
      async (names: string[], { quick = false, only = [], retain = false, list = false, json = false, ...options }: StrangersOptions) => {
        const chosen = chosenStrangers(names, readStrangers())
        if (list) return print(chosen, { json })
        if (json) throw new UsageError('--json only applies to --list.', { fix: 'Add --list.' })
        const settings = mergeSettings(options)
        const { makeReady } = await import('../run/make-ready.ts')
        const { runStrangers } = await import('../strangers/run-strangers.ts')
        process.exitCode = await withInterruption(async ({ signal }) => {
          await makeReady({ settings, target: { kind: 'new' } }, signal)
          const counts = await runStrangers({ strangers: chosen, settings, config: options.config, quick, only, retain, signal })
          log(lastLine(counts))
          return counts.failed === 0 ? exitCodes.success : exitCodes.violation
        })
      },
    )
}

function print(chosen: readonly Stranger[], { json }: { readonly json: boolean }): void {
  if (json) return printJson(chosen.map(({ name, title, driver }) => ({ name, title, ...(driver !== undefined && { driver }) })))
  for (const line of table(chosen.map(({ name, title }) => [name, title]))) log(line)
}

function chosenStrangers(names: readonly string[], all: readonly Stranger[]): readonly Stranger[] {
  const known = all.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return names.length === 0 ? all : all.filter(({ name }) => names.includes(name))
  throw new UsageError(`There is no stranger ${unknown}.${didYouMean(unknown, known)}`, { fix: `Choose from ${known.join(', ')}.` })
}
