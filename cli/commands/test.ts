import type { Command } from 'commander'
import type { RunProfile } from '../plan/profiles.ts'
import { wholeNumber, withChaosFlag, withRunFlags } from '../plan/run-flags.ts'
import { planRun, type RunOptions } from '../plan/run-plan.ts'
import { strictCommand } from '../shell/strict-command.ts'
import type { TriedElsewhere } from '../elsewhere/elsewhere-stage.ts'
import type { TriedStrangers } from '../strangers/tried-strangers.ts'

const profilesOfTest: readonly RunProfile[] = ['full', 'velero']

const summary =
  'unit tests, conformance, controls, component mutants, csi-sanity, recheck, leak check, strangers, pages, package (npm test)'

interface TestOptions extends RunOptions {
  readonly minutes?: number
}

/**
 * `holdfast test`, which is `npm test`: every test there is, of the profiles `full` and `velero`, then of strangers, of pages and of the
 * package, or of the profile that was named; with `--minutes` as many as there is time for.
 */
export function test(): Command {
  return withChaosFlag(withRunFlags(strictCommand({ name: 'test', summary })))
    .option('--minutes <number>', 'end within this many minutes: run a part of each stage, a different part each day', wholeNumber(1))
    .action(async ({ minutes, ...options }: TestOptions) => {
      const { profile, cluster, config } = options
      const isWhole = profile === undefined && cluster === undefined
      const profiles = isWhole ? profilesOfTest : [profile]
      const plans = profiles.map((each) => planRun([], each === undefined ? options : { ...options, profile: each }))
      const [first] = plans
      const { wholeTest } = await import('./whole-test.ts')
      const elsewhere = isWhole && first !== undefined ? await triedElsewhere({ settings: first.settings, config }) : []
      process.exitCode = await wholeTest({ profiles: plans, elsewhere, minutes })
    })
}

async function triedElsewhere(how: TriedStrangers): Promise<readonly TriedElsewhere[]> {
  const { triedStrangers } = await import('../strangers/tried-strangers.ts')
  const { triedPages } = await import('../pages/tried-pages.ts')
  const { triedPackage } = await import('../package/tried-package.ts')
  return [...triedStrangers(how), ...triedPages(), triedPackage()]
}
