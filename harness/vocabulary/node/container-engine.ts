import { execa } from 'execa'
import { Inconclusive } from '../../engine/judge/errors.ts'

/** What is asked of the container engine, a word each. */
export type EngineCommand = readonly [verb: string, ...rest: readonly string[]]

/** How a command of the container engine ended. */
export interface EngineAnswer {
  /** Undefined where a signal ended it. */
  readonly exitCode: number | undefined
  readonly stdout: string
  /** What it printed to stdout and stderr, in the order in which it did. */
  readonly all: string
}

/**
 * What the container engine of this machine is asked to do with the container of a node. Returns what it printed.
 * Throws `Inconclusive` when it refuses, and the reason of the signal when that ended it.
 */
export async function containerEngine(command: EngineCommand, signal?: AbortSignal): Promise<string> {
  const { exitCode, stdout, all } = await engineAnswer(command, signal)
  if (exitCode === 0) return stdout
  const summary = `"docker ${command.join(' ')}" ended with ${String(exitCode)}.`
  throw new Inconclusive().withDetails({ reason: { summary, actual: all } })
}

/** The same where a refusal is one of the answers looked for. Throws the reason of the signal when that ended it. */
export async function engineAnswer(command: EngineCommand, signal?: AbortSignal): Promise<EngineAnswer> {
  signal?.throwIfAborted()
  const ended = await execa('docker', command, { all: true, reject: false, ...(signal && { cancelSignal: signal }) } as const)
  signal?.throwIfAborted()
  return { exitCode: ended.exitCode, stdout: ended.stdout.trim(), all: ended.all.trim() }
}
