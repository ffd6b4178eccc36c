import { Command, type CommanderError } from 'commander'
import { didYouMean } from '../../contract/nearest-name.ts'
import { UsageError } from './usage-error.ts'

/** Name and summary of a command. */
export interface CommandTitle {
  readonly name: string
  readonly summary: string
}

/** A command that rejects invalid input with one sentence, the nearest name and the fix. */
export function strictCommand({ name, summary }: CommandTitle): Command {
  const command = new Command(name)
    .description(summary)
    .helpOption('-h, --help', 'show this help')
    .showSuggestionAfterError(false)
    .configureOutput({ writeErr: () => undefined })
  return command.exitOverride((error) => {
    throw asUsageError(command, error)
  })
}

/** Thrown by commander after it printed help or the version: nothing went wrong. */
export function isHelp(error: unknown): boolean {
  return error instanceof Error && 'exitCode' in error && error.exitCode === 0
}

function asUsageError(command: Command, error: CommanderError): Error {
  if (error.exitCode === 0) return error
  const wrong = /'(.+?)'/.exec(error.message)?.[1] ?? ''
  const called = callOf(command)
  const fix = `Run "${called} --help" to see how to use it.`
  if (error.code === 'commander.help') {
    return new UsageError(`"${called}" needs one of ${command.commands.map((one) => one.name()).join(', ')}.`, { fix })
  }
  if (error.code === 'commander.unknownOption') {
    const options = command.options.flatMap((option) => option.long ?? [])
    return new UsageError(`Unknown flag ${wrong} for "${called}".${didYouMean(wrong, options)}`, { fix })
  }
  if (error.code === 'commander.unknownCommand') {
    const names = command.commands.map((one) => one.name())
    return new UsageError(`Unknown command ${wrong}.${didYouMean(wrong, names)}`, { fix })
  }
  const sentence = error.message.replace(/^error: /, '')
  return new UsageError(`Wrong usage of "${called}": ${sentence.replace(/\.?$/, '.')}`, { fix })
}

function callOf(command: Command): string {
  return command.parent === null ? command.name() : `${callOf(command.parent)} ${command.name()}`
}
