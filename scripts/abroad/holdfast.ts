import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const root = dirname(dirname(import.meta.dirname))

/** `./holdfast` with a command, as somebody runs it who has not made the cluster. */
export interface Started {
  /** Sends a signal: Ctrl-C goes to the command that was typed, and what kills outright to the process that does the work. */
  signal(name: 'SIGINT' | 'SIGKILL'): void
  /** Resolves once it and all that it started have ended. */
  readonly ended: Promise<{
    readonly exitCode: number | undefined
    readonly stdout: string
    readonly stderr: string
    readonly seconds: number
  }>
}

/** Starts `./holdfast`. `state` is the directory of the state of clusters; the usual one, in which all are known, when absent. */
export function startHoldfast(args: readonly string[], { state }: { readonly state?: string } = {}): Started {
  const start = performance.now()
  const child = spawn(join(root, 'holdfast'), args, {
    cwd: root,
    env: { ...process.env, ...(state !== undefined && { XDG_STATE_HOME: state }), CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (text: string) => void (said[name] += text))
  return {
    signal: (name) => void process.kill(name === 'SIGKILL' ? workerOf(child) : pidOf(child), name),
    ended: once(child, 'close').then(([code]) => ({
      exitCode: typeof code === 'number' ? code : undefined,
      ...said,
      seconds: (performance.now() - start) / 1000,
    })),
  }
}

/** What `./holdfast` prints on standard output. Throws when it fails. */
export async function holdfastOutput(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await startHoldfast(args).ended
  if (exitCode === 0) return stdout
  throw new Error(`./holdfast ${args.join(' ')} ended with exit code ${exitCode ?? 'none'}: ${stderr}`)
}

/** Waits for a started run as long as it may take. What takes longer is interrupted, and killed if that is of no use. */
export async function endedWithin(started: Started, seconds: number): ReturnType<() => Started['ended']> {
  const over = new AbortController()
  const limit = async (name: 'SIGINT' | 'SIGKILL', after: number) => {
    await pause(after * 1000, undefined, { signal: over.signal })
    started.signal(name)
  }
  const grace = { interrupt: 15, kill: 120 }
  const limits = [limit('SIGINT', seconds + grace.interrupt), limit('SIGKILL', seconds + grace.kill)]
  try {
    return await started.ended
  } finally {
    over.abort()
    await Promise.allSettled(limits)
  }
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('./holdfast could not be started.')
  return pid
}

/** The process to which the bootstrap hands over. */
function workerOf(child: ChildProcess): number {
  const pid = pidOf(child)
  const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  return first === undefined || first === '' ? pid : Number(first)
}
