import { execa } from 'execa'
import { Inconclusive } from '../errors.ts'

/** What the container engine of this machine is asked to do with the container of a node. Throws `Inconclusive` when it refuses. */
export async function containerEngine(...command: readonly [verb: string, ...rest: readonly string[]]): Promise<string> {
  const ended = await execa('docker', command, { reject: false })
  if (ended.exitCode === 0) return ended.stdout.trim()
  const summary = `"docker ${command.join(' ')}" ended with ${String(ended.exitCode)}.`
  throw new Inconclusive().tell({ reason: { summary, actual: ended.stderr.trim() } })
}
