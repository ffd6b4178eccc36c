import type { CommandShape } from './command-shape.ts'
import { walkFunctions } from './walk.ts'

const ownFunctions = String.raw`_holdfast_reply() {
  local IFS=$' \t\n'
  case "$pending" in
    words:*) COMPREPLY=($(compgen -W "\${pending#words:}" -- "$cur")) ;;
    list:*) COMPREPLY=($("\${COMP_WORDS[0]/#\~/$HOME}" complete "\${pending#list:}" "$cur" 2> /dev/null)) ;;
  esac
  case "$pending" in
    list:runs | directories) IFS=$'\n' COMPREPLY+=($(compgen -d -- "$cur")) ;;
    files) IFS=$'\n' COMPREPLY=($(compgen -f -- "$cur")) ;;
    *) return ;;
  esac
  compopt -o filenames 2> /dev/null
}
_holdfast() {
  local cur=\${COMP_WORDS[COMP_CWORD]} called pending several position flags
  [ "$cur" = '=' ] && cur=
  _holdfast_walk "\${COMP_WORDS[@]:1:COMP_CWORD-1}"
  COMPREPLY=()
  case "$cur" in
    -*)
      _holdfast_flags "$called"
      pending=words:$flags ;;
    *) [ -n "$pending" ] || _holdfast_commands "$called $position" || _holdfast_argument "$called $position" ;;
  esac
  _holdfast_reply
}
complete -F _holdfast holdfast`.replaceAll(String.raw`\${`, '${')

/** The script with which bash completes a program, version 3.2 and newer. */
export function bashScript(program: CommandShape): string {
  return `# Completion of holdfast for bash.\n${walkFunctions(program).join('\n')}\n${ownFunctions}\n`
}
