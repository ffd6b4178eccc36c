import type { Command } from 'commander'
import { withChaosFlag, withForeignFlags, withKeepFlags, withRunFlags, withSelectionFlags } from '../plan/run-flags.ts'
import { planRun, type RunOptions } from '../plan/run-plan.ts'
import { strictCommand } from '../shell/strict-command.ts'

/** `holdfast run [names…]`, which is `npm start`. */
export function run(): Command {
  const command = strictCommand({
    name: 'run',
    summary: 'create a cluster, run the suites, write the report, delete the cluster (npm start)',
  })
  return withSelectionFlags(withForeignFlags(withKeepFlags(withChaosFlag(withRunFlags(command)))))
    .argument(
      '[names...]',
      'concepts, suites, guarantees, patterns such as statefulset/*, ledger entries; by default what the profile selects',
    )
    .action(async (names: string[], options: RunOptions) => {
      const plan = planRun(names, options)
      const { conformanceRun } = await import('../run/conformance-run.ts')
      process.exitCode = await conformanceRun(plan)
    })
}
