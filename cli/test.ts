import type { Command } from 'commander'
import type { RunProfile } from './profiles.ts'
import { withRunFlags } from './run-flags.ts'
import { planRun, type RunOptions } from './run-plan.ts'
import { strictCommand } from './strict-command.ts'

const profilesOfTest: readonly RunProfile[] = ['standard', 'velero']

const summary = 'unit tests, conformance, controls, csi-sanity, recheck, leak check (npm test)'

/**
 * `holdfast test`, which is `npm test`: every test there is, of the profiles `standard` and `velero`, or of the one that was named.
 */
export function test(): Command {
  return withRunFlags(strictCommand({ name: 'test', summary })).action(async (options: RunOptions) => {
    const { profile, cluster } = options
    const profiles = profile === undefined && cluster === undefined ? profilesOfTest : [profile]
    const plans = profiles.map((each) => planRun([], each === undefined ? options : { ...options, profile: each }))
    const { wholeTest } = await import('./whole-test.ts')
    process.exitCode = await wholeTest({ profiles: plans })
  })
}
