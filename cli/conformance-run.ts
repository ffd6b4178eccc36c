import { join } from 'node:path'
import { vitestResults } from '../reports/model/guarantee-files.ts'
import { brokeOutside } from './broke-outside.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { withinCluster } from './held-cluster.ts'
import { makeReady } from './make-ready.ts'
import { projectRoot } from './project-root.ts'
import { closeRun } from './close-run.ts'
import { createRunDirectory } from './run-directory.ts'
import type { RunPlan } from './run-plan.ts'
import { runSuites } from './run-suites.ts'
import { say } from './say.ts'
import { withInterruption } from './with-interruption.ts'

/** A cluster, the suites, their evidence, the report, and nothing left behind. */
export async function conformanceRun(plan: RunPlan): Promise<ExitCode> {
  return withInterruption(async (interruption) => {
    const { signal } = interruption
    const attached = await makeReady(plan, signal)
    const run = createRunDirectory({ root: projectRoot, ...plan, now: new Date() })
    say(`Run ${run.id}: ${plan.guarantees.length} guarantees; evidence goes to ${run.path}.`)
    const vitest = await withinCluster({ plan, attached, runDirectory: run.path, signal }, async (record) => {
      say(`Running the suites on ${record.name} (Kubernetes ${record.versions['kubernetes'] ?? 'of unknown version'}).`)
      return runSuites({ directory: run.path, cluster: join(run.path, 'cluster.json'), signal, ...plan })
    })
    const verdict = await closeRun(run, { interruptedBy: interruption.name() })
    if (verdict === exitCodes.success && brokeOutside(vitest, await vitestResults(run.path))) {
      say(`The verdicts make a success, but Vitest ended with ${vitest ?? 'a signal'}: something broke outside a test.`)
      return exitCodes.partial
    }
    return verdict
  })
}
