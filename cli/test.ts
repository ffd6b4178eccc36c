import type { Command } from 'commander'
import { withRunFlags } from './run-flags.ts'
import { planRun, type RunOptions } from './run-plan.ts'
import { strictCommand } from './strict-command.ts'

/** `holdfast test`, which is `npm test`: every test there is, on one cluster. */
export function test(): Command {
  return withRunFlags(
    strictCommand({ name: 'test', summary: 'unit tests, conformance, controls, csi-sanity, recheck, leak check (npm test)' }),
  ).action(async (options: RunOptions) => {
    process.exitCode = await wholeTest(plan)
  })
}
