import { readPage } from './page.ts'
import { type ShellCommand, shellCommands } from './shell-commands.ts'

/** A command that a page shows, and where. */
export interface PageCommand {
  readonly words: ShellCommand
  /** Number of the line in the page that it is on, or of the first one of its block. */
  readonly line: number
}

/** What may stand before a program in a script: words of the shell, and variables that only the program gets. */
const before = /^(?:if|then|elif|else|while|until|do|time|!|\{|\w+=.*)$/

/** The commands in the `sh` blocks of a page, without what the shell itself does. */
export function blockCommands(markdown: string): readonly PageCommand[] {
  return shellBlocks(markdown).flatMap(({ text, line }) =>
    shellCommands(text).flatMap((command) => {
      const words = command.slice(command.findIndex((word) => !before.test(word)))
      return command.every((word) => before.test(word)) ? [] : [{ words, line }]
    }),
  )
}

/** The text of each `sh` block of a page, and the number of its first line. */
export function shellBlocks(markdown: string): readonly { readonly text: string; readonly line: number }[] {
  return readPage(markdown).blocks.filter(({ language }) => language === 'sh')
}

const ours = /^(?:\.\/holdfast|npx holdfast|npm (?:start|test|run))\b/

/** The commands of Holdfast that a page shows: in its `sh` blocks, in files of CI systems, and between backticks in its text. */
export function holdfastCommands(markdown: string): readonly PageCommand[] {
  const { blocks } = readPage(markdown)
  const inFiles = blocks
    .filter(({ language }) => language === 'yaml')
    .flatMap(({ text, line }) =>
      Array.from(text.replaceAll('\\\n', ' ').matchAll(/(?:\.\/|npx )holdfast .*/g), ([script]) => ({ script, line })),
    )
  const inText = markdown
    .replace(/^( *)```[\s\S]*?^\1```$/gm, (block) => block.replaceAll(/[^\n]/g, ''))
    .split('\n')
    .flatMap((text, at) => Array.from(text.matchAll(/`([^`]+)`/g), ([, script = '']) => ({ script, line: at + 1 })))
  const others = [...inFiles, ...inText].flatMap(({ script, line }) => shellCommands(script).map((words) => ({ words, line })))
  return [...blockCommands(markdown), ...others].filter(({ words }) => ours.test(words.join(' ')))
}
