import { vi } from 'vitest'
import { runCommandLine } from '../command-line.ts'

/** Exit code of a command, which is undefined where it set none, and all that it printed. */
export type Said = readonly [code: typeof process.exitCode, text: string]

/** Runs a command in this process, as if somebody had typed its words. Nothing is printed, and the exit code of the process stays. */
export async function said(...words: readonly string[]): Promise<Said> {
  const printed: string[] = []
  const code = await typed(words, { out: printed, errors: printed })
  return [code, printed.join('')]
}

/** The same, with what the command printed on standard output and on standard error told apart. */
export async function saidApart(...words: readonly string[]) {
  const [out, errors]: readonly [string[], string[]] = [[], []]
  const code = await typed(words, { out, errors })
  return { code, out: out.join(''), errors: errors.join('') }
}

async function typed(words: readonly string[], { out, errors }: { readonly out: string[]; readonly errors: string[] }) {
  const streams = [
    [process.stdout, out],
    [process.stderr, errors],
  ] as const
  const spies = streams.map(([stream, lines]) => vi.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0))
  const before = process.exitCode
  process.exitCode = undefined
  try {
    await runCommandLine(words)
    return process.exitCode
  } finally {
    process.exitCode = before
    for (const spy of spies) spy.mockRestore()
  }
}
