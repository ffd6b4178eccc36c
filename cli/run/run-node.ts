import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { codeEnding } from '../../contract/distribution.ts'
import { nodeFlags } from '../../contract/node-flags.mjs'
import { workDirectory } from '../shell/work-directory.ts'

const usualGrace = 10

/** Options of a child process of the runner. */
export interface NodeChild {
  readonly root: string
  /** The script and its arguments. */
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Aborted when the run is interrupted: the child gets SIGINT, and SIGKILL some seconds later. */
  readonly signal: AbortSignal
  /** How many seconds later; 10 when absent. */
  readonly graceSeconds?: number | undefined
}

/**
 * Runs a script in a process group of its own, so that Ctrl-C reaches only the runner, which passes it on.
 * Returns its exit code, or null when a signal ended it.
 */
export async function runNode({ root, args, env = {}, signal, graceSeconds = usualGrace }: NodeChild): Promise<number | null> {
  if (signal.aborted) return null
  const preload = join(root, 'cli', 'run', `exit-with-parent${codeEnding}`)
  const child = spawn(process.execPath, [...nodeFlags, '--import', preload, ...args], {
    cwd: workDirectory,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  })
  const ended = new AbortController()
  const stopping = stopOnAbort({ pid: child.pid, signal, ended: ended.signal, graceSeconds })
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    return code
  } finally {
    ended.abort()
    await stopping
  }
}

interface Stop {
  readonly pid: number | undefined
  readonly signal: AbortSignal
  readonly ended: AbortSignal
  readonly graceSeconds: number
}

async function stopOnAbort({ pid, signal, ended, graceSeconds }: Stop): Promise<void> {
  if (pid === undefined || !(await happensFirst(signal, ended))) return
  signalGroup(pid, 'SIGINT')
  const stopped = await delay(graceSeconds * 1000, false, { signal: ended }).catch(() => true)
  if (!stopped) signalGroup(pid, 'SIGKILL')
}

async function happensFirst(signal: AbortSignal, other: AbortSignal): Promise<boolean> {
  if (signal.aborted || other.aborted) return signal.aborted
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(true), { once: true })
    other.addEventListener('abort', () => resolve(false), { once: true })
  })
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // The group ended in the meantime.
  }
}
