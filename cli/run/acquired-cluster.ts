import { basename, join } from 'node:path'
import {
  acquireLease,
  attachExisting,
  collectClusterLogs,
  createCluster,
  deleteCluster,
  listClusters,
  makeClasses,
  readClusterRecord,
  repairCluster,
  withKubectlOfNodes,
  type ClusterSummary,
} from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { tearDown, type TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import { discardRunDirectory, writeJson } from './run-directory.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { runLimits } from './run-limits.ts'
import { withOwnFeatures } from '../plan/own-features.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { UsageError } from '../shell/usage-error.ts'
import { ownCommand } from '../../contract/distribution.ts'

/** A cluster that one run uses; disposing of it ends its lease and deletes what the run created. */
export interface AcquiredCluster extends AsyncDisposable {
  readonly record: ClusterRecord
  /** Lets a cluster that the run created stay, because of what is kept on it. */
  keep(): void
}

/** Which cluster a run needs, and where its record goes. */
export interface ClusterRequest {
  readonly plan: Pick<RunPlan, 'settings' | 'target' | 'retain'> & Partial<Pick<RunPlan, 'guarantees' | 'own'>>
  /** Record of a cluster that Holdfast did not make, once it was checked. */
  readonly attached?: ClusterRecord | undefined
  readonly runDirectory: string
  readonly signal: AbortSignal
  /** Who holds the lease of the cluster, where that is more than this process. */
  readonly holder?: string
}

/**
 * Creates a cluster, or attaches to the one that was named, takes its lease and writes `cluster.json` to the run directory, and what probes
 * found to `probe.json`. Throws a `SetupError` that names the run which holds the lease. Where it throws, the run directory is removed,
 * unless logs of a cluster are in it.
 */
export async function acquireCluster(request: ClusterRequest): Promise<AcquiredCluster> {
  try {
    return await acquire(request)
  } catch (error) {
    discardRunDirectory(request.runDirectory)
    throw error
  }
}

async function acquire(request: ClusterRequest): Promise<AcquiredCluster> {
  const { plan, runDirectory, signal, holder } = request
  await using stack = new AsyncDisposableStack()
  const found = await recordOf(request)
  let { retain } = plan
  if (plan.target.kind === 'new') stack.defer(async () => releaseCluster(found, { retain }))
  const made = plan.target.kind === 'foreign' ? found : await withKubectlOfNodes(found)
  const { workload } = plan.settings
  const described = workload === undefined ? made : { ...made, workload: { ...made.workload, ...workload } }
  const record = withOwnFeatures(described, plan.guarantees ?? [], plan.own?.declared)
  // What this run finds from now on, another one may have broken: it ends as if it had been interrupted.
  const lost = () => void process.kill(process.pid, 'SIGTERM')
  stack.use(await acquireLease(record, { runId: basename(runDirectory), log, signal, lost, holder }))
  // A cluster that stays may have been left in pieces by a run that was killed.
  if (plan.target.kind === 'kept') await repairCluster(record, { log, signal })
  if (plan.target.kind === 'foreign') stack.use(await makeClasses(record, { ...plan.target.cluster, runId: basename(runDirectory), log }))
  writeJson(join(runDirectory, 'cluster.json'), record)
  if (record.platform !== undefined) writeJson(join(runDirectory, 'probe.json'), record.platform)
  const held = stack.move()
  const keep = () => void (retain = true)
  return { record, keep, [Symbol.asyncDispose]: async () => held.disposeAsync() }
}

async function releaseCluster(record: ClusterRecord, { retain }: Pick<RunPlan, 'retain'>): Promise<void> {
  if (retain) sayHowToReach(record)
  else await deleteCluster(record.name, { log })
}

/**
 * Does `work` on a cluster that is there only for it, then keeps the cluster's logs and deletes it. What fails then is printed and replaces
 * neither the result nor the error of the work.
 */
export async function withinCluster<Result>(request: ClusterRequest, work: (record: ClusterRecord) => Promise<Result>): Promise<Result> {
  const cluster = await acquireCluster(request)
  const [outcome] = await Promise.allSettled([work(cluster.record)])
  for (const finding of await tearDown([logsStep(cluster, request), removalStep(cluster)])) log(`Finding: ${finding}`)
  if (outcome.status === 'rejected') throw outcome.reason
  return outcome.value
}

/**
 * Keeps the logs of a cluster, in a run that is being interrupted for 5 s and no longer. Those of a cluster that Holdfast did not create
 * are left where they are.
 */
export function logsStep(
  { record: { name, profile, subject } }: AcquiredCluster,
  { runDirectory, signal }: Pick<ClusterRequest, 'runDirectory' | 'signal'>,
): TearDownStep {
  const limit = signal.aborted ? runLimits.logsCollectedWhenInterrupted : runLimits.logsCollected
  const directory = join(runDirectory, 'logs')
  return {
    name: "Collecting the cluster's logs",
    limit,
    run: async () => {
      if (profile !== 'existing') await collectClusterLogs({ name, directory, driverNamespaces: subject?.namespaces })
    },
  }
}

/** Deletes a cluster that was made for the run, and of another what was made in it. Where that fails the finding says how to do it. */
export function removalStep(cluster: AcquiredCluster): TearDownStep {
  const { name, profile } = cluster.record
  return {
    name: profile === 'existing' ? `Leaving cluster ${name}` : `Deleting cluster ${name} (by hand: ${ownCommand} down ${name})`,
    limit: runLimits.clusterDeleted,
    run: async () => cluster[Symbol.asyncDispose](),
  }
}

/** Tells how to use and remove a cluster that stays. */
export function sayHowToReach(record: ClusterRecord): void {
  log(`Cluster ${record.name} is kept. To reach it:   export KUBECONFIG=${record.kubeconfig}`)
  log(`To run suites on it: ${ownCommand} run --cluster ${record.name}   To delete it: ${ownCommand} down ${record.name}`)
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

/** Throws a `UsageError` for a cluster that is not there, and for one without nodes. */
export async function requireNodes(name: string): Promise<void> {
  if ((await requireCluster(name)).nodes !== 0) return
  throw new UsageError(`Cluster ${name} has no nodes left.`, {
    fix: `Delete what is left of it with "holdfast down ${name}", then create it again with "holdfast up".`,
  })
}

async function recordOf({ plan, attached, runDirectory, signal }: ClusterRequest): Promise<ClusterRecord> {
  const { settings, target, retain } = plan
  switch (target.kind) {
    case 'new':
      return createCluster({
        owner: 'run',
        retain,
        config: settings,
        log,
        signal,
        installation: target.installation,
        evidenceDirectory: join(runDirectory, 'logs'),
      })
    case 'kept':
      await requireNodes(target.name)
      return readClusterRecord(target.name)
    case 'foreign':
      return attached ?? attachExisting(target.cluster, { config: settings, log, signal })
  }
}
