import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collectClusterLogs, createCluster, deleteCluster, withKubectlOfNodes } from '../../clusters/index.ts'
import { writeLeastKubeconfig } from '../../clusters/strangers/account.ts'
import { clusterSettings } from '../../clusters/strangers/cluster-settings.ts'
import { keepQuotas } from '../../clusters/strangers/quotas.ts'
import { prepare, settle } from '../../clusters/strangers/settle.ts'
import type { Stranger } from '../../clusters/strangers/stranger.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { counted } from '../../contract/counted.ts'
import { tearDown, type TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import { conformanceReportSchema } from '../../reports/model/conformance-report.ts'
import type { Outcome } from '../budget/stages.ts'
import type { ClusterSettings } from '../plan/run-plan.ts'
import { runLimits } from '../run/run-limits.ts'
import { failureText } from '../shell/failure.ts'
import { log } from '../shell/log.ts'
import { printedRoles, runAsUser, type UserView } from './as-user.ts'
import { differencesOf } from './judge.ts'

/** Which strangers are judged, and how. */
export interface StrangersRun {
  readonly strangers: readonly Stranger[]
  readonly settings: ClusterSettings
  /** Path of the settings file that the user named. */
  readonly config: string | undefined
  /** Whether only a part of each is run. */
  readonly quick: boolean
  /** Guarantees that are run of each in place of what its file says; none when empty. */
  readonly only: readonly string[]
  /** Whether clusters stay. */
  readonly retain: boolean
  readonly signal: AbortSignal
}

/** Judges strangers, one after the other. Each counts as one test: it failed where something came out otherwise than was reviewed. */
export async function runStrangers(run: StrangersRun): Promise<Outcome> {
  const failedTests: { readonly name: string; readonly message: string }[] = []
  for (const stranger of run.strangers) {
    run.signal.throwIfAborted()
    const started = performance.now()
    log(`Stranger ${stranger.name}: ${stranger.title}.`)
    const differences = await judged(stranger, run)
    for (const each of differences) log(`  ${stranger.name}: ${each}`)
    const took = (performance.now() - started) / 1000
    const verdict = differences.length === 0 ? 'as reviewed' : counted(differences.length, 'differences')
    log(`Stranger ${stranger.name}: ${verdict}, after ${took.toFixed(0)} s.`)
    if (differences.length > 0) failedTests.push({ name: stranger.name, message: differences.join('\n') })
  }
  return { passed: run.strangers.length - failedTests.length, failed: failedTests.length, skipped: 0, failedTests }
}

async function judged(stranger: Stranger, run: StrangersRun): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('stranger')))
  try {
    return await onCluster(stranger, { run, directory })
  } catch (error) {
    run.signal.throwIfAborted()
    return [failureText(error)]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

interface Place {
  readonly run: StrangersRun
  /** Where kubeconfigs and archives are, until the stranger is judged. */
  readonly directory: string
}

async function onCluster(stranger: Stranger, place: Place): Promise<readonly string[]> {
  const { signal, retain, settings } = place.run
  const config = clusterSettings(stranger, settings)
  const prepared = await prepare(stranger, { config, directory: place.directory, log })
  signal.throwIfAborted()
  const record = await createCluster({ owner: 'run', retain, bare: true, config, log, signal })
  const logs: ClusterLogs = {}
  const [outcome] = await Promise.allSettled([
    (async () => {
      logs.driverNamespaces = await settle(stranger, prepared, { record, config, log, signal })
      const run = await runOn(stranger, record, place)
      logs.directory = join(run, 'logs')
      const report = conformanceReportSchema.parse(JSON.parse(readFileSync(join(run, 'report.json'), 'utf8')))
      return differencesOf(report, stranger)
    })(),
  ])
  const { collecting, deleting } = ending(record, logs, place.run)
  for (const finding of await tearDown([collecting])) log(`Finding: ${finding}`)
  const stays = await tearDown([deleting])
  if (outcome.status === 'fulfilled') return [...outcome.value, ...stays]
  for (const finding of stays) log(`Finding: ${finding}`)
  throw outcome.reason
}

/** Where the logs of a cluster are kept: nowhere without a run. */
interface ClusterLogs {
  directory?: string
  driverNamespaces?: readonly string[]
}

function ending(
  { name }: ClusterRecord,
  { directory, ...logs }: ClusterLogs,
  run: StrangersRun,
): Record<'collecting' | 'deleting', TearDownStep> {
  return {
    collecting: {
      name: "Collecting the cluster's logs",
      limit: run.signal.aborted ? runLimits.logsCollectedWhenInterrupted : runLimits.logsCollected,
      run: async () => {
        if (directory !== undefined) await collectClusterLogs({ name, directory, ...logs })
      },
    },
    deleting: {
      name: `Deleting cluster ${name} (by hand: ./holdfast down ${name})`,
      limit: runLimits.clusterDeleted,
      run: async () => {
        if (run.retain) log(`Cluster ${name} is kept: ./holdfast down ${name}`)
        else await deleteCluster(name, { log })
      },
    },
  }
}

/** Runs the suites as a user who has a kubeconfig, with or without all rights. Returns the directory of the run. */
async function runOn(stranger: Stranger, record: ClusterRecord, { run, directory }: Place): Promise<string> {
  const { signal, config, quick, only } = run
  const names = only.length > 0 ? only : quick ? stranger.quick : (stranger.whole ?? [])
  const { kubectl } = await withKubectlOfNodes(record)
  const view: UserView = { stranger, names, config, kubectl, signal }
  const kubeconfig = join(directory, 'kubeconfig')
  if (stranger.rights === 'least') await writeLeastKubeconfig(record, { roles: await printedRoles(view), file: kubeconfig })
  else copyFileSync(record.kubeconfig, kubeconfig)
  await using quotas = new AsyncDisposableStack()
  if (stranger.quota !== undefined) quotas.use(keepQuotas(record, { hard: stranger.quota, log }))
  return await runAsUser(view, kubeconfig)
}
