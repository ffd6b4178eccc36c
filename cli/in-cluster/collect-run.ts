import { ownCommand } from '../../contract/distribution.ts'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEvidence, removeRun, type SeenShards, stopShards } from '../../clusters/index.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { namespaceOfRun, type ShardPlan } from '../../contract/shards.ts'
import type { TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import type { GivenFailures } from '../../reports/compare/known-after.ts'
import type { RunsOfSide } from '../../reports/compare/runs-of-side.ts'
import type { RunHistory } from '../../reports/trend/read-history.ts'
import { type AcquiredCluster, removalStep } from '../run/acquired-cluster.ts'
import { closeRun } from '../run/close-run.ts'
import { codeOfRun } from '../run/code-of-run.ts'
import { endRun } from '../run/end-run.ts'
import type { Interruption } from '../run/interruption.ts'
import { keptStep } from '../run/kept-namespaces.ts'
import { leaksStep } from '../run/leaks-step.ts'
import { noteShards, type RunDirectory } from '../run/run-directory.ts'
import type { ExitCode } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { followShards, NeverRan } from './follow-shards.ts'
import { mergeEvidence } from './merge-evidence.ts'

/** A run over shards whose report is to be made here. */
export interface Collecting {
  readonly run: RunDirectory
  readonly plan: ShardPlan
  /** As it is reached from here; disposing of it ends the lease. */
  readonly cluster: AcquiredCluster
  /** The Pod that evidence is read from. */
  readonly reader: object
  readonly interruption: Interruption
  readonly baseline?: RunsOfSide | undefined
  readonly knownFailures?: GivenFailures | undefined
  /** Earlier runs that the report tells of. */
  readonly history?: RunHistory | undefined
}

/** Seconds for what is deleted at the end, namespaces with volumes included. */
const removedWithin = 300

/**
 * Waits for the shards of a run, reads their evidence, writes the report and deletes what the run made. Where the evidence cannot be read,
 * everything stays for `holdfast retrieve`. Ctrl-C ends the shards early; what they judged is reported.
 */
export async function collectRun(collecting: Collecting): Promise<ExitCode> {
  const { run, plan, cluster, interruption, baseline, knownFailures, history } = collecting
  const { signal } = interruption
  mkdirSync(join(run.path, 'logs'), { recursive: true })
  const state: Collected = { lost: [], mayGo: false }
  const [work] = await Promise.allSettled([collect(collecting, state)])
  const verdicts = await endRun({
    ...{ run, work },
    before: [shardsStep(state), leaksStep(cluster, { run, signal })],
    report: async () => closeRun(run, { interruptedBy: interruption.name(), history }),
    after: [
      keptStep(cluster, { plan: { keepFailed: plan.keepFailed, target: targetOf(cluster) }, directory: run.path }),
      state.mayGo ? runRemoval(cluster, plan) : staysStep(plan),
      removalStep(cluster),
    ],
  })
  const ended: PromiseSettledResult<0> = work.status === 'rejected' ? work : { status: 'fulfilled', value: 0 }
  return codeOfRun(verdicts, { directory: run.path, baseline, knownFailures, work: ended })
}

function targetOf({ record: { kubeconfig, context } }: AcquiredCluster) {
  return { kind: 'foreign', cluster: { kubeconfig, context } } as const
}

/** What is known of a run while it is collected. */
interface Collected {
  /** What was lost on the way, a sentence each. */
  readonly lost: string[]
  /** Whether nothing in the cluster is needed any more. */
  mayGo: boolean
}

/** Brings all evidence into the run directory. */
async function collect({ run, plan, cluster, reader, interruption }: Collecting, state: Collected): Promise<void> {
  const { record } = cluster
  const { signal } = interruption
  let seen: SeenShards | undefined
  try {
    seen = await followShards({ place: record, runId: plan.runId, logs: join(run.path, 'logs'), signal })
  } catch (error) {
    // There is no evidence to lose.
    if (error instanceof NeverRan) state.mayGo = true
    if (!signal.aborted) throw error
    log('Ending the shards; what they have judged is kept.')
    await stopShards(record, plan.runId)
  }
  if (seen?.job === 'failed') log(`The Job gave up shards ${seen.failedIndexes}: their guarantees without evidence are Inconclusive.`)
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('evidence')))
  try {
    const file = join(directory, 'evidence.tar.gz')
    await readEvidence(record, { reader, file, log })
    const unpacked = join(directory, 'unpacked')
    mkdirSync(unpacked)
    execFileSync('tar', ['--extract', '--gzip', '--no-same-owner', '--file', file, '--directory', unpacked])
    const { shards, findings } = mergeEvidence({ plan, unpacked, directory: run.path })
    noteShards(run.path, shards)
    state.lost.push(...findings)
    state.mayGo = true
    for (const { shard, guarantees, starts } of shards)
      log(`Shard ${shard}: ${guarantees} guarantees, on ${starts.map(({ node }) => node).join(', then ') || 'no node'}.`)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Makes a finding of each shard that was lost. */
function shardsStep({ lost }: Collected): TearDownStep {
  return { name: 'Naming the shards that were lost', limit: 1, run: () => lost }
}

function runRemoval({ record }: AcquiredCluster, { runId }: ShardPlan): TearDownStep {
  return {
    name: `Deleting what run ${runId} made in the cluster (by hand: kubectl delete namespace ${namespaceOfRun(runId)})`,
    limit: removedWithin,
    run: async () => removeRun(record, runId, log),
  }
}

function staysStep({ runId }: ShardPlan): TearDownStep {
  const run = () => {
    const namespace = namespaceOfRun(runId)
    log(`The run stays in namespace ${namespace}. To go on from there: ${ownCommand} retrieve ${namespace} --kubeconfig <file>`)
  }
  return { name: 'Leaving the run in the cluster', limit: 1, run }
}
