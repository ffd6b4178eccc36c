import type { Command } from 'commander'
import { withForeignFlags, withRunFlags, withSelectionFlags } from '../plan/run-flags.ts'
import { planRun, type RunOptions } from '../plan/run-plan.ts'
import { strictCommand } from '../shell/strict-command.ts'

/** `holdfast run [names…]`, which is `npm start`. */
export function run(): Command {
  const command = strictCommand({
    name: 'run',
    summary: 'make a cluster, run the suites, write the report, remove the cluster (npm start)',
  })
  return withSelectionFlags(withForeignFlags(withRunFlags(command)))
    .argument(
      '[names...]',
      'concepts, suites, guarantees, patterns such as statefulset/*, entries of the ledger; the profile when none is given',
    )
    .action(async (names: string[], options: RunOptions) => {
      const plan = planRun(names, options)
      const { conformanceRun } = await import('../run/conformance-run.ts')
      process.exitCode = await conformanceRun(plan)
    })
}
