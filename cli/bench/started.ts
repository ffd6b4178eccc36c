import { join } from 'node:path'
import { execa } from 'execa'
import { projectRoot } from '../shell/project-root.ts'
import { watchedPeak } from './memory-of-tree.ts'

/** What a command of Holdfast came to. */
export interface Ended {
  readonly seconds: number
  readonly output: string
  readonly exitCode: number | undefined
  /** The most that was resident of the process that runs the suites, in MB; 0 where there was none. */
  readonly runnerMegabytes: number
}

/** Runs a command of Holdfast as its users do, in a process of its own. Throws when interrupted, and for another exit code than these. */
export async function started(
  args: readonly string[],
  { signal, codes = [0] }: { readonly signal: AbortSignal; readonly codes?: readonly number[] },
): Promise<Ended> {
  const over = new AbortController()
  const start = performance.now()
  const child = execa(join(projectRoot, 'holdfast'), args, {
    cwd: projectRoot,
    reject: false,
    all: true,
    stdin: 'ignore',
    cancelSignal: signal,
    env: { CI: 'true' },
  })
  const peak = child.pid === undefined ? Promise.resolve(0) : watchedPeak({ below: child.pid, of: 'vitest' }, over.signal)
  const { all: output, exitCode } = await child
  over.abort()
  signal.throwIfAborted()
  if (exitCode === undefined || !codes.includes(exitCode)) {
    const last = output.trim().split('\n').slice(-5).join('\n')
    throw new Error(`"holdfast ${args.join(' ')}" ended with exit code ${exitCode ?? 'none'}: ${last}`)
  }
  return { seconds: (performance.now() - start) / 1000, output, exitCode, runnerMegabytes: await peak }
}

/** The directory that the output of a run names. Throws where it names none. */
export function directoryIn(output: string): string {
  const found = /evidence goes to (\S+)\.$/mu.exec(output)?.[1] ?? /^Evidence: (\S+)\/mutants$/mu.exec(output)?.[1]
  if (found === undefined) throw new Error('The run did not say where its evidence is.')
  return found
}

/** The file of values that the output of a benchmark names. Throws where it names none. */
export function valuesIn(output: string): string {
  const found = /^Every value is in (\S+\.json)\.?/mu.exec(output)?.[1]
  if (found === undefined) throw new Error('The benchmark did not say where its values are.')
  return found
}
