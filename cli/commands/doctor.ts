import type { Command } from 'commander'
import { exitCodes } from '../shell/exit-code.ts'
import { mergeSettings, type RunOptions } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'

/** `holdfast doctor`: every precondition of a run, whether it holds, and the fix where it does not. */
export function doctor(): Command {
  return strictCommand({ name: 'doctor', summary: 'check every precondition of a run and print the fix for what is missing' })
    .option('--config <file>', 'settings file instead of holdfast.yaml')
    .action(async (options: Pick<RunOptions, 'config'>) => {
      const config = mergeSettings(options)
      const { preconditions } = await import('../../clusters/index.ts')
      const found = await preconditions({ config })
      for (const { name, ok, found: what, fix } of found) {
        log(`${ok ? 'pass' : 'FAIL'}  ${name}: ${what}`)
        if (!ok && fix !== undefined) log(`      ${fix}`)
      }
      const failed = found.filter(({ ok }) => !ok).length
      log(failed === 0 ? 'All preconditions hold.' : `${failed} of ${found.length} preconditions do not hold.`)
      process.exitCode = failed === 0 ? exitCodes.success : exitCodes.setUp
    })
}
