import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { nodeFlags } from '../../../contract/node-flags.mjs'
import { codeEnding } from '../../../contract/distribution.ts'

/** The command line, which makes and removes clusters: nothing a suite does with them may differ from what a user does. */
const commandLine = join(import.meta.dirname, '..', '..', '..', 'cli', `main${codeEnding}`)

/** Runs the command line. Throws `Inconclusive` when it fails, and when the signal ended it: with how long it had had by then. */
async function holdfast(arguments_: readonly string[], signal: AbortSignal): Promise<void> {
  const ended = await execa(process.execPath, [...nodeFlags, commandLine, ...arguments_], {
    all: true,
    reject: false,
    cancelSignal: signal,
  })
  if (ended.exitCode === 0) return
  const how = signal.aborted ? `was given up after ${Math.round(ended.durationMs / 1000)} s` : `ended with ${String(ended.exitCode)}`
  const actual = ended.all.trim().split('\n').slice(-3).join('\n')
  throw new Inconclusive().withDetails({ reason: { summary: `"holdfast ${arguments_.join(' ')}" ${how}.`, actual } })
}

/** Creates a single-node second cluster. Its Velero writes to the object store of the first, which has the profile `velero`. */
export async function makeSecondCluster(first: ClusterRecord, name: string, signal: AbortSignal): Promise<ClusterRecord> {
  await holdfast(['up', '--beside', first.name, '--name', name], signal)
  return JSON.parse(readFileSync(recordFile(first, name), 'utf8')) as ClusterRecord
}

/** Removes a cluster whole: its nodes, and every file that its CSI driver kept. One that is gone already is fine. */
export async function loseCluster(first: ClusterRecord, name: string, signal: AbortSignal): Promise<void> {
  if (existsSync(dirname(recordFile(first, name)))) await holdfast(['down', name], signal)
}

/** State of live clusters is kept side by side. */
function recordFile(first: ClusterRecord, name: string): string {
  return join(dirname(first.kubeconfig), '..', name, 'cluster.json')
}
