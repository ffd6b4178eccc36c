import { allCommands, type CommandShape, type Given } from './command-shape.ts'
import type { Values } from './values.ts'

/** A text as a shell takes it literally. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** How a value is completed, as the functions of a script pass it on. */
function told(values: Values): string {
  if (values.by === 'words') return `words:${values.words.join(' ')}`
  return values.by === 'list' ? `list:${values.list}` : values.by
}

/**
 * Functions that bash and zsh share, by which a script finds out what is under the cursor. `_holdfast_walk` takes the words before it and
 * sets `called`, the words of the command; `pending`, what the option before the cursor takes; `several`, whether it takes more of them;
 * and `position`, how many arguments there are. `_holdfast_argument` sets `pending` to what the next argument is, `_holdfast_flags` sets
 * `flags`, and `_holdfast_commands` sets `pending` to the commands below.
 */
export function walkFunctions(program: CommandShape): readonly string[] {
  const commands = allCommands(program)
  return [
    '_holdfast_walk() {',
    '  called= pending= several= position=0',
    '  local word',
    '  for word in "$@"; do',
    '    case "$word" in',
    "      '=') ;;",
    '      -*) _holdfast_option "$called $word" ;;',
    '      *)',
    '        if [ -n "$pending" ]; then',
    '          [ -n "$several" ] || pending=',
    '        elif ! _holdfast_command "$called $word"; then',
    '          position=$((position + 1))',
    '        fi ;;',
    '    esac',
    '  done',
    '}',
    ...caseFunction('_holdfast_command', {
      cases: commands.slice(1).map(({ called }) => [[` ${called}`.replace(/^ (.+) (\S+)$/, '$1 $2')], `called=${literal(called)}`]),
      otherwise: 'return 1',
    }),
    ...caseFunction('_holdfast_option', {
      cases: [...optionsByValue(commands)].map(([set, patterns]) => [patterns, set]),
      otherwise: 'pending= several=',
    }),
    ...caseFunction('_holdfast_argument', {
      cases: commands.flatMap(({ called, takes }) =>
        takes.map(
          ({ values, several }, position) => [[`${called} ${several ? '*' : position}`], `pending=${literal(told(values))}`] as const,
        ),
      ),
      otherwise: 'pending=',
    }),
    ...caseFunction('_holdfast_flags', {
      cases: commands.map(({ called, options }) => [[called], `flags=${literal(options.flatMap(({ names }) => names).join(' '))}`]),
      otherwise: 'flags=',
    }),
    ...caseFunction('_holdfast_commands', {
      cases: commands
        .filter(({ commands: below }) => below.length > 0)
        .map(({ called, commands: below }) => [
          [`${called} 0`],
          `pending=${literal(`words:${below.map((one) => lastWord(one.called)).join(' ')}`)}`,
        ]),
      otherwise: 'return 1',
    }),
  ]
}

/** The last word of those that call a command. */
export function lastWord(called: string): string {
  return called.slice(called.lastIndexOf(' ') + 1)
}

/** Patterns of the options that take the same values, by what is set for them. */
function optionsByValue(commands: readonly CommandShape[]): ReadonlyMap<string, readonly string[]> {
  const set = ({ values, several }: Given) => `pending=${literal(told(values))} several=${several ? '1' : ''}`
  const all = commands.flatMap(({ called, options }) =>
    options.flatMap(({ names, takes }) =>
      takes === undefined ? [] : names.map((name) => ({ pattern: `${called} ${name}`, set: set(takes) })),
    ),
  )
  const grouped = Map.groupBy(all, (one) => one.set)
  return new Map([...grouped].map(([key, some]) => [key, some.map(({ pattern }) => pattern)]))
}

interface Cases {
  /** What is done for each of some patterns; `*` at the end of a pattern stands for anything. */
  readonly cases: readonly (readonly [patterns: readonly string[], work: string])[]
  readonly otherwise: string
}

function caseFunction(name: string, { cases, otherwise }: Cases): readonly string[] {
  const patternOf = (pattern: string) => (pattern.endsWith('*') ? `${literal(pattern.slice(0, -1))}*` : literal(pattern))
  return [
    `${name}() {`,
    '  case "$1" in',
    ...cases.map(([patterns, work]) => `    ${patterns.map(patternOf).join('|')}) ${work} ;;`),
    `    *) ${otherwise} ;;`,
    '  esac',
    '}',
  ]
}
