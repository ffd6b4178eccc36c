import { readPage } from './page.ts'
import { pipelineScripts } from './pipeline-scripts.ts'
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
  return shellBlocks(markdown).flatMap(({ text, line }) => commandsIn(text, line))
}

/** The text of each `sh` block of a page, and the number of its first line. */
export function shellBlocks(markdown: string): readonly { readonly text: string; readonly line: number }[] {
  return readPage(markdown).blocks.filter(({ language }) => language === 'sh')
}

const ours = /^(?:(?:(?:\.\/|npx )?holdfast)(?: |$)|npm (?:start|test|run)\b)/

/** Programs that start another one, which is named after their own arguments. */
const starters = ['timeout', 'exec', 'env']

/** The commands of Holdfast that a page shows: in its `sh` blocks, in files of CI systems, and between backticks in its text. */
export function holdfastCommands(markdown: string): readonly PageCommand[] {
  const { blocks } = readPage(markdown)
  const inFiles = blocks.flatMap((block) => pipelineScripts(block).flatMap(({ text, line }) => commandsIn(text, line)))
  const inText = markdown
    .replace(/^( *)```[\s\S]*?^\1```$/gm, (block) => block.replaceAll(/[^\n]/g, ''))
    .split('\n')
    .flatMap((text, at) => Array.from(text.matchAll(/`([^`]+)`/g), ([, script = '']) => ({ script, line: at + 1 })))
    .flatMap(({ script, line }) => shellCommands(script).map((words) => ({ words, line })))
    // In a sentence, a command without the path may be short for several.
    .filter(({ words: [program] }) => program !== 'holdfast')
  return [...blockCommands(markdown), ...inFiles, ...inText].filter(({ words }) => ours.test(words.join(' ')))
}

/** The commands of a script, without what the shell itself does, what starts them, and arguments that only the shell knows. */
function commandsIn(script: string, line: number): readonly PageCommand[] {
  return shellCommands(script).flatMap((command) => {
    const from = command.findIndex((word) => !before.test(word))
    const words = from === -1 ? [] : command.slice(from)
    const started = starters.includes(words[0] ?? '') ? words.slice(words.indexOf('holdfast')) : words
    return words.length === 0 ? [] : [{ words: started.filter((word) => !/^(?:\$@|\$\{\w+\[@\]\})$/.test(word)), line }]
  })
}
