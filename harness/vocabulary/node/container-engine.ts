import { execa } from 'execa'
import { Inconclusive } from '../../engine/judge/errors.ts'

/**
 * What the container engine of this machine is asked to do with the container of a node. Returns what it printed.
 * Throws `Inconclusive` when it refuses, and the reason of the signal when that ended it.
 */
export async function containerEngine(command: readonly [verb: string, ...rest: readonly string[]], signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted()
  const ended = await execa('docker', command, { all: true, reject: false, ...(signal && { cancelSignal: signal }) } as const)
  signal?.throwIfAborted()
  if (ended.exitCode === 0) return ended.stdout.trim()
  const summary = `"docker ${command.join(' ')}" ended with ${String(ended.exitCode)}.`
  throw new Inconclusive().withDetails({ reason: { summary, actual: ended.all } })
}
