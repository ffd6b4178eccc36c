import { join } from 'node:path'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { withinCluster } from './held-cluster.ts'
import { makeReady } from './make-ready.ts'
import { projectRoot } from './project-root.ts'
import { closeRun } from './close-run.ts'
import { createRunDirectory } from './run-directory.ts'
import type { RunPlan } from './run-plan.ts'
import { runSuites } from './run-suites.ts'
import { say } from './say.ts'
import { countVerdicts } from './verdict-counts.ts'
import { withInterruption } from './with-interruption.ts'

/** A cluster, the suites, their evidence, the report, and nothing left behind. */
export async function conformanceRun(plan: RunPlan): Promise<ExitCode> {
  return withInterruption(async (interruption) => {
    const { signal } = interruption
    await makeReady(plan, signal)
    const run = createRunDirectory({ root: projectRoot, guarantees: plan.guarantees, notRun: plan.notRun, now: new Date() })
    say(`Run ${run.id}: ${plan.guarantees.length} guarantees; evidence goes to ${run.path}.`)
    const vitest = await withinCluster({ plan, runDirectory: run.path, signal }, async (record) => {
      say(`Running the suites on ${record.name} (Kubernetes ${record.versions['kubernetes'] ?? 'of unknown version'}).`)
      return runSuites({ directory: run.path, cluster: join(run.path, 'cluster.json'), signal, ...plan })
    })
    const verdict = await closeRun(run, { interruptedBy: interruption.name() })
    // A SHOULD that is not kept makes Vitest end badly, and the run is a success all the same.
    const told = countVerdicts({ directory: run.path, guarantees: plan.guarantees, exitCode: 0 }).failed > 0
    if (verdict === exitCodes.success && vitest !== 0 && !told) {
      say(`Every verdict is good, but Vitest ended with ${vitest ?? 'a signal'}: something broke outside a test.`)
      return exitCodes.partial
    }
    return verdict
  })
}
