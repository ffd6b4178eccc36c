/** One command of a shell script: the program and its arguments, without quotes. */
export type ShellCommand = readonly string[]

/** What a script is made of, from left to right; where several fit, the first one counts. */
const parts = new RegExp(
  [
    /"(?<double>(?:[^"\\]|\\[\s\S])*)"|'(?<single>[^']*)'/,
    /(?<placeholder><[a-z][^<>\n]*>)/,
    /(?<away>(?<![^\s;|&])(?:#[^\n]*|\d*(?:>>|[<>]&|[<>])\s*(?:[<>]\([^)]*\)|"[^"]*"|'[^']*'|[^\s;|&]+)))/,
    /(?<between>&&|\|\||[;|&\n])/,
    /(?<space>\s)/,
    /\\?(?<sign>[\s\S])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/**
 * The commands of a script as pages show them: words with and without quotes, variables as they are written, lines that go on behind a
 * backslash, several commands on a line, redirections and remarks, which are left out, and placeholders such as `<run id>`.
 */
export function shellCommands(script: string): readonly ShellCommand[] {
  const commands: string[][] = [[]]
  let word: string | undefined
  const endWord = () => {
    if (word !== undefined) commands.at(-1)?.push(word)
    word = undefined
  }
  for (const { groups = {} } of script.replaceAll('\\\n', ' ').matchAll(parts)) {
    const { double, single, placeholder, sign, between, space } = groups
    const text = double ?? single ?? placeholder ?? sign
    if (text !== undefined) word = (word ?? '') + text
    if (between !== undefined || space !== undefined) endWord()
    if (between !== undefined) commands.push([])
  }
  endWord()
  return commands.filter((command) => command.length > 0)
}
