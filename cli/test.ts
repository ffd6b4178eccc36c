import type { Command } from 'commander'
import { withRunFlags } from './run-flags.ts'
import { planRun, type RunOptions } from './run-plan.ts'
import { strictCommand } from './strict-command.ts'

const summary = 'unit tests, conformance, controls, csi-sanity, recheck, leak check (npm test)'

/** `holdfast test`, which is `npm test`: every test there is, on one cluster. */
export function test(): Command {
  return withRunFlags(strictCommand({ name: 'test', summary })).action(async (options: RunOptions) => {
    const plan = planRun([], options)
    const { wholeTest } = await import('./whole-test.ts')
    process.exitCode = await wholeTest(plan)
  })
}
