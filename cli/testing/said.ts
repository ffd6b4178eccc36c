import { vi } from 'vitest'
import { runCommandLine } from '../command-line.ts'

/** Exit code of a command, which is undefined where it set none, and all that it printed. */
export type Said = readonly [code: typeof process.exitCode, text: string]

/** Runs a command in this process, as if somebody had typed its words. Nothing is printed, and the exit code of the process stays. */
export async function said(...words: readonly string[]): Promise<Said> {
  const printed: string[] = []
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0),
  )
  const before = process.exitCode
  process.exitCode = undefined
  try {
    await runCommandLine(words)
    return [process.exitCode, printed.join('')]
  } finally {
    process.exitCode = before
    for (const spy of spies) spy.mockRestore()
  }
}
