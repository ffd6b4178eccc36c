import { execa } from 'execa'

/** Longest time, in seconds, that mount, losetup and their like may take. */
const commandLimit = 30

/** Put before a command line, it makes the process end with the one that started it, however that ends. */
export const diesWithParent = ['setpriv', '--pdeathsig', 'KILL'] as const

/**
 * Runs a system command, at most `limit` seconds, and returns its output without the last line break. Throws with its own words when it
 * fails.
 */
export async function command(program: string, args: readonly string[], limit: number = commandLimit): Promise<string> {
  const result = await execa(program, args, { timeout: limit * 1000, stdin: 'ignore', reject: false, env: { LC_ALL: 'C' } })
  if (!result.failed) return result.stdout
  const said = result.stderr === '' ? result.shortMessage : result.stderr
  throw new Error(`${[program, ...args].join(' ')}: ${said}`, { cause: result })
}
