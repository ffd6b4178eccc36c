import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { createRunDirectory } from '../run/run-directory.ts'
import { withInterruption } from '../run/with-interruption.ts'
import { log } from '../shell/log.ts'
import { goalLines, isReached } from './goals.ts'
import { measureGoals } from './measure-goals.ts'
import { started } from './started.ts'

/** `holdfast bench goals`: everything that has a goal of time or memory, side by side on this machine, on clusters of its own. */
export async function runGoals(rounds: number): Promise<ExitCode> {
  return withInterruption(async ({ signal }) => {
    const run = createRunDirectory({ guarantees: [], now: new Date() })
    const cluster = `holdfast-goals-${run.id.slice(-4)}`
    try {
      const figures = await measureGoals({ rounds, cluster, signal, log })
      const lines = goalLines(figures)
      for (const line of lines) log(line)
      writeFileSync(join(run.path, 'goals.json'), `${JSON.stringify({ rounds, figures }, null, 2)}\n`)
      log(`Every value is in ${join(run.path, 'goals.json')}.`)
      return figures.every((figure) => isReached(figure) === true) ? exitCodes.success : exitCodes.violation
    } finally {
      // It may be there after an interruption alone: each round ends with this step, whatever broke before. What is not there is no error.
      if (signal.aborted) await started(['down', cluster], { signal: new AbortController().signal }).catch(() => undefined)
    }
  })
}
