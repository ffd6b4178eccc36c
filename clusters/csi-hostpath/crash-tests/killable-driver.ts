import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { execa } from 'execa'
import { diesWithParent } from '../command.ts'
import { driverArguments } from '../driver-process.ts'

/** How a driver is run, and so what dies with it: as a container, in which all processes die at once, or as a process among others. */
export type Shell = 'container' | 'process'

/** A driver process that crash tests kill and start again. */
export interface KillableDriver {
  readonly shell: Shell
  readonly socket: string
  /** Resolves when it listens, and to false when it ended before. */
  readonly listening: Promise<boolean>
  /** Sends SIGKILL, to the whole container or to the one process, and waits until that is gone. */
  readonly kill: () => Promise<void>
  /** Sends SIGTERM and waits until it has ended; returns its exit code. */
  readonly stop: () => Promise<number | null>
  /** Its pid and, in a container, that of the program that made the container. */
  readonly pids: () => readonly number[]
  /** The last lines it printed. */
  readonly output: () => string
}

/** Name of the node that the drivers run on. */
export const nodeId = 'node-1'

const linesKept = 60

/** The line in the environment of a driver, and of every process it starts, that tells for which directory it runs. */
export function markOf(directory: string): string {
  return `HOLDFAST_KILL_NINE=${directory}`
}

/** Where a driver keeps temporary files; and compiled code, which halves the time that one start takes. */
function environment(directory: string) {
  return { TMPDIR: join(directory, 'tmp'), NODE_COMPILE_CACHE: join(directory, 'compiled') }
}

/** Fills the cache of compiled code, which only a program that ends by itself does. */
export async function compileDriver(directory: string): Promise<void> {
  const { args } = driverArguments({ directory, nodeId: '-' })
  await execa(process.execPath, args, { env: environment(directory), reject: false, stdio: 'ignore' })
}

/** Its first process tells its pid out here, and becomes the driver. */
const container = [
  'unshare',
  '--pid',
  '--fork',
  '--kill-child',
  'sh',
  '-c',
  'read -r pid rest </proc/self/stat; echo "$pid"; exec "$@"',
  'sh',
]

/** Starts a driver on `directory/csi.sock` and `directory/data`; its temporary directory is `directory/tmp`. */
export function launchDriver(directory: string, shell: Shell): KillableDriver {
  const { socket, args } = driverArguments({ directory, nodeId })
  const [program, ...before] = diesWithParent
  const rest = [...before, ...(shell === 'container' ? container : []), process.execPath, ...args]
  const [name = '', value] = markOf(directory).split('=')
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment(directory), [name]: value },
  })
  const exited = once(child, 'exit')
  const outer = child.pid ?? 0
  // Killing a container's first process, not the program outside, makes the exit mean that all of its processes are gone.
  let main = shell === 'container' ? undefined : outer
  let output: string[] = []
  const listening = new Promise<boolean>((resolve) => {
    const onOutput = (chunk: Buffer) => {
      output = [...output, ...String(chunk).trimEnd().split('\n')].slice(-linesKept)
      main ??= Number(output[0])
      if (String(chunk).includes('"message":"listening"')) resolve(true)
    }
    child.stdout.on('data', onOutput)
    child.stderr.on('data', onOutput)
    void exited.then(() => resolve(false))
  })
  const send = (signal: 'SIGKILL' | 'SIGTERM') => {
    // Before the container has its first process, its maker is all there is.
    if (main === undefined) child.kill(signal)
    else process.kill(main, signal)
  }
  return {
    shell,
    socket,
    listening,
    kill: async () => {
      send('SIGKILL')
      await exited
    },
    stop: async () => {
      send('SIGTERM')
      const [code] = (await exited) as [number | null]
      return code
    },
    pids: () => [outer, ...(main === undefined ? [] : [main])],
    output: () => output.join('\n'),
  }
}
