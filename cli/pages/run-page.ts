import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Page, PageBlock } from './page.ts'
import { missingLine } from './printed-lines.ts'

/** Where the blocks of a page are run, and what becomes of what they print. */
export interface PageRun {
  /** Has what the page takes for granted: `./holdfast`, `reports/`, and the file that its reader was given. */
  readonly directory: string
  /** Directory whose programs the blocks find first; only those of this machine when absent. */
  readonly programs?: string | undefined
  /** Gets what the blocks print, as they print it. */
  readonly write: (text: string) => void
  /** Ends the block that is running. */
  readonly signal: AbortSignal
}

/**
 * Does what the markers of a page say, in its order: writes its files, runs its blocks and looks for the lines that it shows. A shell of
 * its own runs each block and stops at the first command that fails, so blocks share files and no variables. Returns what was wrong of the
 * first block that did not go as the page says, and undefined where all did. Throws the reason of the signal.
 */
export async function runPage({ blocks }: Page, { directory, programs, write, signal }: PageRun): Promise<string | undefined> {
  let printed = ''
  for (const { text, line, use } of blocks) {
    signal.throwIfAborted()
    if (use?.kind === 'file') writeFileSync(join(directory, use.name), `${text}\n`)
    if (use?.kind === 'run') {
      write(`${text.replaceAll(/^/gm, '$ ')}\n`)
      const { code, output } = await runBlock(text, { directory, programs, write, signal })
      signal.throwIfAborted()
      if (code !== use.exitCode) return `The block on line ${line} ended with exit code ${code ?? 'none'} instead of ${use.exitCode}.`
      printed = output
    }
    if (use?.kind === 'prints') {
      const missing = missingLine(text, printed)
      if (missing !== undefined) return `The block on line ${line} shows a line that was not printed there: ${missing}`
    }
  }
  return undefined
}

interface Ended {
  /** Null where a signal ended the shell. */
  readonly code: number | null
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string
}

async function runBlock(text: PageBlock['text'], { directory, programs, write, signal }: PageRun): Promise<Ended> {
  const child = spawn('sh', ['-eu', '-c', `exec 2>&1\n${text}`], {
    cwd: directory,
    // Nobody is there to be asked.
    env: { ...process.env, CI: 'true', ...(programs !== undefined && { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` }) },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ctrl-C reaches this process only, which passes it on to all that the block started.
    detached: true,
  })
  const stop = () => stopGroup(child.pid)
  signal.addEventListener('abort', stop, { once: true })
  const output: string[] = []
  child.stdout.setEncoding('utf8').on('data', (some: string) => {
    output.push(some)
    write(some)
  })
  try {
    // A run that was stopped cleans up after its shell has ended, and prints until it is done.
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, output: output.join('') }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function stopGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM')
  } catch {
    // The group ended in the meantime.
  }
}
