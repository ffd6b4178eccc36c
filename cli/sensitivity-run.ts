import { exitCodes, type ExitCode } from './exit-code.ts'
import { withinCluster } from './held-cluster.ts'
import { killTable } from './kill-table.ts'
import { makeReady } from './make-ready.ts'
import { projectRoot } from './project-root.ts'
import { runControls } from './run-controls.ts'
import { createRunDirectory } from './run-directory.ts'
import type { RunPlan } from './run-plan.ts'
import { say } from './say.ts'
import { withInterruption } from './with-interruption.ts'

/** Runs the controls on a cluster of their own and prints the kill table. Success takes every mutant killed. */
export async function runSensitivity(plan: RunPlan, names: readonly string[]): Promise<ExitCode> {
  return withInterruption(async (interruption) => {
    const { signal } = interruption
    await makeReady(plan, signal)
    const run = createRunDirectory({ root: projectRoot, guarantees: plan.guarantees, now: new Date() })
    const { rows } = await withinCluster({ plan, runDirectory: run.path, signal }, (record) =>
      runControls({ run, record, ...plan, signal, ...(names.length === 0 ? {} : { mutants: names }) }),
    )
    for (const line of killTable(rows)) say(line)
    say(`Evidence: ${run.path}/mutants`)
    return rows.length > 0 && rows.every(({ killed }) => killed) ? exitCodes.success : exitCodes.violation
  })
}
