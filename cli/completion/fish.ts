import { allCommands, type CommandShape, type Given, type OptionShape } from './command-shape.ts'
import { lastWord } from './walk.ts'

const ownFunctions = `function __holdfast_list
  set -l words (commandline -opc)
  $words[1] complete $argv[1] (commandline -ct) 2> /dev/null
end
function __holdfast_at
  set -l words (commandline -opc)
  set -l wanted (string split ' ' -- $argv[1])
  set -l last (math 1 + (count $wanted))
  test "$words[2..$last]" = "$argv[1]"
end
function __holdfast_argument
  __holdfast_at $argv[1]; or return
  set -l words (commandline -opc)
  set -l called $words[1] (string split ' ' -- $argv[1])
  set -e words[1..(count $called)]
  set -l position 0
  set -l pending
  for word in $words
    if set -q pending[1]
      set -e pending[1]
    else if string match -q -- '-*' $word
      contains -- $word $argv[4..]; and set pending $word
    else
      set position (math $position + 1)
    end
  end
  test $position $argv[2] $argv[3]
end
function __holdfast_below
  set -l words (commandline -opc)
  test "$words[2..]" = "$argv[1]"
end
complete -c holdfast -f`

/** The script with which fish completes a program, version 3.4 and newer. */
export function fishScript(program: CommandShape): string {
  const lines = allCommands(program).flatMap((command) => [
    ...command.commands.map((one) => line([below(command), `-a ${lastWord(one.called)}`, `-d ${literal(one.says)}`])),
    ...command.options.map((option) => line([at(command), optionWords(option), `-d ${literal(option.says)}`])),
    ...command.takes.map((given, position) => line([argumentAt(command, position), valueWords(given)])),
  ])
  return `# Completion of holdfast for fish.\n${ownFunctions}\n${lines.join('\n')}\n`
}

function line(words: readonly string[]): string {
  return ['complete -c holdfast', ...words].filter((word) => word !== '').join(' ')
}

/** Only where no further word was given. */
function below({ called }: CommandShape): string {
  return called === '' ? '-n __fish_use_subcommand' : `-n ${literal(`__holdfast_below ${literal(called)}`)}`
}

function at({ called }: CommandShape): string {
  return called === '' ? '-n __fish_use_subcommand' : `-n ${literal(`__holdfast_at ${literal(called)}`)}`
}

/** Only where an argument stands: the options that take a value tell which words are arguments. */
function argumentAt({ called, options, takes }: CommandShape, position: number): string {
  const valued = options.flatMap((option) => (option.takes === undefined ? [] : option.names))
  const where = `${takes[position]?.several === true ? '-ge' : '-eq'} ${position}`
  return `-n ${literal(['__holdfast_argument', literal(called), where, ...valued].join(' '))}`
}

function optionWords({ names, takes }: OptionShape): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  return [...flags, ...(takes === undefined ? [] : [takes.values.by === 'files' ? '-r' : '-x', valueWords(takes)])]
    .filter((word) => word !== '')
    .join(' ')
}

function valueWords({ values }: Given): string {
  switch (values.by) {
    case 'words':
      return `-a ${literal(values.words.join(' '))}`
    case 'list':
      return `-a ${literal(`(__holdfast_list ${values.list})${values.list === 'runs' ? ' (__fish_complete_directories)' : ''}`)}`
    case 'directories':
      return `-a '(__fish_complete_directories)'`
    case 'files':
      return '-F'
    case 'nothing':
      return ''
  }
}

/** A text as fish takes it literally. */
function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`
}
