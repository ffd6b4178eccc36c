import type { Command } from 'commander'
import type { Precondition } from '../../clusters/index.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { mergeSettings, type RunOptions } from '../plan/run-plan.ts'
import { type JsonFlag, printJson, withJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'

/** `holdfast doctor`: every precondition of a run, whether it holds, and the fix where it does not. */
export function doctor(): Command {
  const summary = 'check every precondition of a run and print the fix for what is missing'
  return withJson(strictCommand({ name: 'doctor', summary }))
    .option('--config <file>', 'settings file instead of holdfast.yaml')
    .action(async ({ json = false, ...options }: JsonFlag & Pick<RunOptions, 'config'>) => {
      const config = mergeSettings(options)
      const { preconditions } = await import('../../clusters/index.ts')
      const found = await preconditions({ config })
      const failed = found.filter(({ ok }) => !ok).length
      if (json) printJson({ ok: failed === 0, preconditions: found.map(withFixWhereNeeded) })
      else {
        for (const { name, ok, found: what, fix } of found.map(withFixWhereNeeded)) {
          log(`${ok ? 'pass' : 'FAIL'}  ${name}: ${what}`)
          if (fix !== undefined) log(`      ${fix}`)
        }
        log(failed === 0 ? 'All preconditions hold.' : `${failed} of ${found.length} preconditions do not hold.`)
      }
      process.exitCode = failed === 0 ? exitCodes.success : exitCodes.setUp
    })
}

/** What holds needs no fix. */
function withFixWhereNeeded({ fix, ...rest }: Precondition): Precondition {
  return { ...rest, ...(!rest.ok && fix !== undefined && { fix }) }
}
