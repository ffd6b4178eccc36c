import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  acquireLease,
  attachExisting,
  collectClusterLogs,
  createCluster,
  deleteCluster,
  listClusters,
  readClusterRecord,
  repairCluster,
  type ClusterSummary,
} from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { tearDown, type TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import { failureText } from '../shell/failure.ts'
import { didYouMean } from '../shell/nearest-name.ts'
import { writeJson } from './run-directory.ts'
import { runLimits } from './run-limits.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { say } from '../shell/say.ts'
import { UsageError } from '../shell/usage-error.ts'

const logSecondsWhenInterrupted = 5

/** A cluster for the time of a run; disposing of it deletes what the run made. */
export interface HeldCluster extends AsyncDisposable {
  readonly record: ClusterRecord
}

/** How a cluster is got hold of. */
export interface ClusterWish {
  readonly plan: Pick<RunPlan, 'settings' | 'target' | 'retain'>
  /** Record of a cluster that Holdfast did not make, once it was checked. */
  readonly attached?: ClusterRecord | undefined
  readonly runDirectory: string
  readonly signal: AbortSignal
}

/**
 * Makes a cluster, or attaches to the one that was named, and leaves `cluster.json` in the run directory. No other run gets hold of it meanwhile.
 * Throws a `SetupError` that names the run which has hold of it already.
 */
export async function holdCluster(wish: ClusterWish): Promise<HeldCluster> {
  const { plan, runDirectory, signal } = wish
  await using stack = new AsyncDisposableStack()
  const record = await recordOf(wish)
  if (plan.target.kind === 'new') stack.defer(async () => letGo(record, plan))
  // What this run finds from now on, another one may have broken: it ends as if it had been interrupted.
  const lost = () => void process.kill(process.pid, 'SIGTERM')
  stack.use(await acquireLease(record, { runId: basename(runDirectory), say, signal, lost }))
  // A cluster that stays may have been left in pieces by a run that was killed.
  if (plan.target.kind === 'kept') await repairCluster(record, { say, signal })
  writeJson(join(runDirectory, 'cluster.json'), record)
  const held = stack.move()
  return { record, [Symbol.asyncDispose]: async () => held.disposeAsync() }
}

async function letGo(record: ClusterRecord, { retain }: Pick<RunPlan, 'retain'>): Promise<void> {
  if (retain) sayHowToReach(record)
  else await deleteCluster(record.name, { say })
}

/**
 * Does `work` on a cluster that is there only for it, then keeps the cluster's logs and deletes it. What fails then is printed and replaces
 * neither the result nor the error of the work.
 */
export async function withinCluster<Result>(wish: ClusterWish, work: (record: ClusterRecord) => Promise<Result>): Promise<Result> {
  const cluster = await holdCluster(wish)
  const [outcome] = await Promise.allSettled([work(cluster.record)])
  for (const finding of await tearDown([logsStep(cluster, wish), removalStep(cluster)])) say(`Finding: ${finding}`)
  if (outcome.status === 'rejected') throw outcome.reason
  return outcome.value
}

/** Keeps the logs of a cluster, in a run that is being interrupted for 5 s and no longer. */
export function logsStep({ record }: HeldCluster, { runDirectory, signal }: Pick<ClusterWish, 'runDirectory' | 'signal'>): TearDownStep {
  const limit = signal.aborted ? runLimits.logsCollectedWhenInterrupted : runLimits.logsCollected
  const directory = join(runDirectory, 'logs')
  return { name: "Collecting the cluster's logs", limit, run: async () => collectClusterLogs({ name: record.name, directory }) }
}

/** Deletes a cluster that was made for the run. Where that fails the finding says how to do it. */
export function removalStep(cluster: HeldCluster): TearDownStep {
  const { name } = cluster.record
  return {
    name: `Deleting cluster ${name} (by hand: ./holdfast down ${name})`,
    limit: runLimits.clusterDeleted,
    run: async () => cluster[Symbol.asyncDispose](),
  }
}

/** Keeps the cluster's logs in the run directory; a run that is being interrupted waits 5 s for them and no longer. */
export async function keepLogs(
  record: ClusterRecord,
  { runDirectory, signal }: Pick<ClusterWish, 'runDirectory' | 'signal'>,
): Promise<void> {
  const collecting = collectClusterLogs({ name: record.name, directory: join(runDirectory, 'logs') }).catch((error: unknown) => {
    say(`The cluster's logs could not be collected: ${failureText(error)}`)
  })
  await (signal.aborted ? Promise.race([collecting, delay(logSecondsWhenInterrupted * 1000, undefined, { ref: false })]) : collecting)
}

/** Tells how to use and remove a cluster that stays. */
export function sayHowToReach(record: ClusterRecord): void {
  say(`Cluster ${record.name} is kept. To reach it:   export KUBECONFIG=${record.kubeconfig}`)
  say(`To run suites on it: ./holdfast run --cluster ${record.name}   To delete it: ./holdfast down ${record.name}`)
}

/** Throws a `UsageError` with the nearest name unless a cluster of that name is there. */
export async function requireCluster(name: string): Promise<ClusterSummary> {
  const clusters = await listClusters()
  const found = clusters.find((cluster) => cluster.name === name)
  if (found !== undefined) return found
  const near = didYouMean(
    name,
    clusters.map((cluster) => cluster.name),
  )
  throw new UsageError(`There is no cluster ${name}.${near}`, { fix: 'Run "holdfast list" to see all clusters.' })
}

async function requireNodes(name: string): Promise<void> {
  if ((await requireCluster(name)).nodes !== 0) return
  throw new UsageError(`Cluster ${name} has no nodes left.`, {
    fix: `Delete what is left of it with "holdfast down ${name}", then create it again with "holdfast up".`,
  })
}

async function recordOf({ plan, attached, runDirectory, signal }: ClusterWish): Promise<ClusterRecord> {
  const { settings, target, retain } = plan
  switch (target.kind) {
    case 'new':
      return createCluster({
        owner: 'run',
        retain,
        config: settings,
        say,
        signal,
        evidenceDirectory: join(runDirectory, 'logs'),
      })
    case 'kept':
      await requireNodes(target.name)
      return readClusterRecord(target.name)
    case 'foreign':
      return attached ?? attachExisting(target.cluster, { config: settings, say, signal })
  }
}
