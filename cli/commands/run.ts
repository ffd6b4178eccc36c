import type { Command } from 'commander'
import { isPackage } from '../../contract/distribution.ts'
import * as flags from '../plan/run-flags.ts'
import type { RunsOfSide } from '../../reports/compare/runs-of-side.ts'
import { planRun, type RunOptions, type RunPlan } from '../plan/run-plan.ts'
import { withInstallation } from '../plan/with-installation.ts'
import { type JsonFlag, withJson } from '../shell/json-option.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

interface RunCommandOptions extends RunOptions, JsonFlag {
  readonly dryRun?: boolean
}

/** `holdfast run [names…]`, which is `npm start`. */
export function run(): Command {
  const command = strictCommand({
    name: 'run',
    summary: `create a cluster, run the suites, write the report, delete the cluster${isPackage ? '' : ' (npm start)'}`,
  })
  const kept = flags.withBaselineFlag(flags.withKeepFlags(flags.withChaosFlag(flags.withRunFlags(command))))
  flags.withSelectionFlags(flags.withInstallFlags(flags.withForeignFlags(kept)))
  return withJson(command, { says: 'with --dry-run: print it as one JSON document, and nothing else' })
    .argument(
      '[names...]',
      'concepts, suites, guarantees, patterns such as statefulset/*, ledger entries; by default what the profile selects',
    )
    .option('--dry-run', 'look at the cluster and print what would run, and what would be made; make nothing')
    .option('--known-failures <file>', 'failures that do not break the gate until they expire (docs/known-failures.md)')
    .action(async (names: string[], { dryRun = false, json = false, ...options }: RunCommandOptions) => {
      if (json && !dryRun)
        throw new UsageError('--json only applies to a dry run.', { fix: 'Add --dry-run, or read report.json of a run.' })
      const planned = planRun(names, options)
      // A dry run as JSON has standard output for itself.
      const told = json ? process.stderr : process.stdout
      for (const warning of planned.knownFailures?.warnings ?? []) told.write(`${warning}\n`)
      const baseline = await baselineOf(planned)
      const plan = await withInstallation(planned, { mayBuild: !dryRun })
      if (dryRun) {
        const { dryRun: look } = await import('../dry-run/dry-run.ts')
        process.exitCode = await look(plan, { json })
        return
      }
      const { conformanceRun } = await import('../run/conformance-run.ts')
      process.exitCode = await conformanceRun(plan, { baseline })
    })
}

/** What the run is compared with at its end; undefined where nothing was named. Throws a `UsageError` where that cannot be. */
async function baselineOf({ baseline, guarantees }: RunPlan): Promise<RunsOfSide | undefined> {
  if (baseline === undefined) return undefined
  const { readBaseline } = await import('../run/baseline.ts')
  return readBaseline(baseline, guarantees)
}
