import { allCommands, type CommandShape } from './command-shape.ts'
import { lastWord, literal, walkFunctions } from './walk.ts'

const ownFunctions = String.raw`_holdfast_reply() {
  local -a found
  case "$pending" in
    words:*) found=(\${(s: :)pending#words:}) ;;
    list:*) found=(\${(f)"$("\${words[1]/#\~/$HOME}" complete "\${pending#list:}" "$cur" 2> /dev/null)"}) ;;
  esac
  compadd -a found
  case "$pending" in
    list:runs | directories) _files -/ ;;
    files) _files ;;
  esac
}
_holdfast() {
  local cur=\${words[CURRENT]} called pending several position
  local -a described
  if (( CURRENT > 2 )); then
    _holdfast_walk "\${(@)words[2,CURRENT-1]}"
  else
    _holdfast_walk
  fi
  case "$cur" in
    --*=*)
      _holdfast_option "$called \${cur%%=*}"
      compset -P '*='
      cur=\${cur#*=}
      _holdfast_reply ;;
    -*)
      _holdfast_describe_flags "$called"
      _describe -o option described ;;
    *)
      if [ -n "$pending" ]; then
        _holdfast_reply
      elif _holdfast_describe_commands "$called $position"; then
        _describe command described
      else
        _holdfast_argument "$called $position"
        _holdfast_reply
      fi ;;
  esac
}
if [ "\${funcstack[1]}" = _holdfast ]; then
  _holdfast "$@"
else
  compdef _holdfast holdfast
fi`.replaceAll(String.raw`\${`, '${')

/** The script with which zsh completes a program: read by `source`, or as the file `_holdfast` of a directory in `fpath`. */
export function zshScript(program: CommandShape): string {
  const commands = allCommands(program)
  const flags = commands.map(({ called, options }) => ({
    called,
    described: options.flatMap(({ names, says }) => names.map((name) => `${name}:${says}`)),
  }))
  const below = commands
    .filter((command) => command.commands.length > 0)
    .map(({ called, commands: some }) => ({ called: `${called} 0`, described: some.map((one) => `${lastWord(one.called)}:${one.says}`) }))
  const lines = [
    ...walkFunctions(program),
    ...describing('_holdfast_describe_flags', flags),
    ...describing('_holdfast_describe_commands', below),
  ]
  return `#compdef holdfast\n# Completion of holdfast for zsh.\n${lines.join('\n')}\n${ownFunctions}\n`
}

function describing(name: string, cases: readonly { readonly called: string; readonly described: readonly string[] }[]): readonly string[] {
  return [
    `${name}() {`,
    '  case "$1" in',
    ...cases.map(({ called, described }) => `    ${literal(called)}) described=(${described.map(literal).join(' ')}) ;;`),
    '    *) return 1 ;;',
    '  esac',
    '}',
  ]
}
