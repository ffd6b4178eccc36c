import type { Command } from 'commander'
import { foreignPlan } from '../in-cluster/foreign-plan.ts'
import { sayShards } from '../in-cluster/shard-lines.ts'
import { type InClusterFlags, requireInCluster, withInClusterFlags } from '../in-cluster/in-cluster-flags.ts'
import { isPackage } from '../../contract/distribution.ts'
import * as flags from '../plan/run-flags.ts'
import type { RunsOfSide } from '../../reports/compare/runs-of-side.ts'
import { readEarlierRuns } from '../run/earlier-runs.ts'
import { requireRunHere, type StopAfterFlag, stopAfterMinutes, withStopAfterFlag } from '../run/stop-after.ts'
import { withSuitesOfSettings } from '../plan/own-suites-of-run.ts'
import { planRun, type RunOptions, type RunPlan } from '../plan/run-plan.ts'
import { withInstallation } from '../plan/with-installation.ts'
import { type JsonFlag, withJson } from '../shell/json-option.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

interface RunCommandOptions extends RunOptions, JsonFlag, InClusterFlags, StopAfterFlag {
  readonly dryRun?: boolean
  readonly history?: string
}

/** `holdfast run [names…]`, which is `npm start`. */
export function run(): Command {
  const command = strictCommand({
    name: 'run',
    summary: `create a cluster, run the suites, write the report, delete the cluster${isPackage ? '' : ' (npm start)'}`,
  })
  const kept = flags.withHistoryFlag(flags.withBaselineFlag(flags.withKeepFlags(flags.withChaosFlag(flags.withRunFlags(command)))))
  withInClusterFlags(
    withStopAfterFlag(flags.withSelectionFlags(flags.withSuitesFlag(flags.withInstallFlags(flags.withForeignFlags(kept))))),
  )
  return withJson(command, { says: 'with --dry-run: print it as one JSON document, and nothing else' })
    .argument(
      '[names...]',
      'concepts, suites, guarantees, patterns such as statefulset/*, ledger entries; by default what the profile selects',
    )
    .option('--dry-run', 'look at the cluster and print what would run, and what would be made; make nothing')
    .option('--known-failures <file>', 'failures that do not break the gate until they expire (docs/known-failures.md)')
    .action(async (names: string[], { dryRun = false, json = false, history: named, ...options }: RunCommandOptions) => {
      if (json && !dryRun)
        throw new UsageError('--json only applies to a dry run.', { fix: 'Add --dry-run, or read report.json of a run.' })
      requireInCluster(options)
      requireReportHere(named, options)
      requireRunHere(options)
      stopAfterMinutes(options)
      const planned = planRun(names, withSuitesOfSettings(await withKubeconfigOfPod(options)))
      const overShards = options.inCluster === true ? foreignPlan(planned, options) : undefined
      // A dry run as JSON has standard output for itself.
      const told = json ? process.stderr : process.stdout
      for (const warning of planned.knownFailures?.warnings ?? []) told.write(`${warning}\n`)
      const baseline = await baselineOf(planned)
      const history = await readEarlierRuns(named)
      const plan = await withInstallation(planned, { mayBuild: !dryRun })
      if (dryRun) {
        const { dryRun: look } = await import('../dry-run/dry-run.ts')
        process.exitCode = await look(plan, { json })
        if (overShards !== undefined && !json) sayShards(overShards, options)
        return
      }
      if (overShards !== undefined) {
        const { startRun } = await import('../in-cluster/start-run.ts')
        process.exitCode = await startRun(overShards, { flags: options, baseline, history })
        return
      }
      const { conformanceRun } = await import('../run/conformance-run.ts')
      process.exitCode = await conformanceRun(plan, { baseline, history })
    })
}

/** With --in-cluster in a Pod, its own cluster where none is named. */
async function withKubeconfigOfPod<Options extends RunOptions & InClusterFlags>(options: Options): Promise<Options> {
  if (options.inCluster !== true || options.kubeconfig !== undefined || process.env['KUBERNETES_SERVICE_HOST'] === undefined) return options
  const { temporaryKubeconfigOfPod } = await import('../in-cluster/shard-place.ts')
  return { ...options, kubeconfig: temporaryKubeconfigOfPod() }
}

/** Throws a `UsageError` for earlier runs that no report of this command would tell of. */
function requireReportHere(history: string | undefined, { detach = false, manifests }: InClusterFlags): void {
  if (history === undefined || (!detach && manifests === undefined)) return
  const flag = detach ? '--detach' : '--manifests'
  throw new UsageError(`--history and ${flag} cannot be used together: no report is made here.`, {
    fix: 'Give --history to "holdfast retrieve", which makes it.',
  })
}

/** What the run is compared with at its end; undefined where nothing was named. Throws a `UsageError` where that cannot be. */
async function baselineOf({ baseline, guarantees }: RunPlan): Promise<RunsOfSide | undefined> {
  if (baseline === undefined) return undefined
  const { readBaseline } = await import('../run/baseline.ts')
  return readBaseline(baseline, guarantees)
}
