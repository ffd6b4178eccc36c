import type { Argument, Command, Option } from 'commander'
import { type Values, valuesOf } from './values.ts'

/** A value that is given to a command. */
export interface Given {
  readonly values: Values
  /** Whether several may follow each other. */
  readonly several: boolean
}

/** An option, as a shell completes it. */
export interface OptionShape {
  /** `--profile`, `-h`. */
  readonly names: readonly string[]
  readonly says: string
  /** Absent for a flag. */
  readonly takes?: Given
}

/** A command, as a shell completes it. */
export interface CommandShape {
  /** Words that call it, without that of the program: `image save`; empty for the program. */
  readonly called: string
  readonly says: string
  readonly options: readonly OptionShape[]
  readonly takes: readonly Given[]
  readonly commands: readonly CommandShape[]
}

/** What a program understands, without what its help does not list. */
export function commandShape(command: Command, before: readonly string[] = []): CommandShape {
  const called = before.join(' ')
  const help = command.createHelp()
  return {
    called,
    says: command.description(),
    options: help.visibleOptions(command).map((option) => optionShape(option, called)),
    takes: command.registeredArguments.map((argument) => argumentShape(argument, called)),
    commands: help.visibleCommands(command).map((each) => commandShape(each, [...before, each.name()])),
  }
}

/** A command and all below it. */
export function allCommands(shape: CommandShape): readonly CommandShape[] {
  return [shape, ...shape.commands.flatMap(allCommands)]
}

function optionShape(option: Option, called: string): OptionShape {
  const { short, long, description, required, optional, variadic } = option
  const names = [long, short].filter((name) => name != null)
  if (!required && !optional) return { names, says: description }
  const placeholder = /[<[](.+?)(?:\.\.\.)?[>\]]/.exec(option.flags)?.[1] ?? ''
  const values = valuesOf({ called, name: option.name(), placeholder, choices: option.argChoices })
  return { names, says: description, takes: { values, several: variadic } }
}

function argumentShape(argument: Argument, called: string): Given {
  const name = argument.name()
  return { values: valuesOf({ called, name, placeholder: name, choices: argument.argChoices }), several: argument.variadic }
}
