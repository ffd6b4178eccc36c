import type { Command } from 'commander'
import { exitCodes } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { lastLine } from '../budget/tally.ts'
import { withInterruption } from '../run/with-interruption.ts'

/** `holdfast sanity`: csi-sanity against the CSI driver. */
export function sanity(): Command {
  return strictCommand({ name: 'sanity', summary: 'run csi-sanity against the CSI driver, without a cluster' }).action(async () => {
    const { runSanitySpecs } = await import('../run/sanity-specs.ts')
    process.exitCode = await withInterruption(async ({ signal }) => {
      const counts = await runSanitySpecs({ signal })
      log(lastLine(counts))
      return counts.failed === 0 ? exitCodes.success : exitCodes.violation
    })
  })
}
