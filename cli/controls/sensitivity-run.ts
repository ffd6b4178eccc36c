import { controlBudget } from './control-units.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { withinCluster } from '../run/acquired-cluster.ts'
import { killTable } from './kill-table.ts'
import { makeReady } from '../run/make-ready.ts'
import { projectRoot } from '../shell/project-root.ts'
import { runControls } from './run-controls.ts'
import { createRunDirectory } from '../run/run-directory.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { withInterruption } from '../run/with-interruption.ts'

/** Selection of controls, and minutes in which they may begin; all run when no minutes are given. */
export interface SensitivityPlan {
  readonly plan: RunPlan
  /** Mutants; every one when empty. */
  readonly names: readonly string[]
  readonly minutes: number | undefined
}

/** Runs the controls on a cluster of their own and prints the kill table. Success takes every mutant killed. */
export async function runSensitivity({ plan, names, minutes }: SensitivityPlan): Promise<ExitCode> {
  return withInterruption(async (interruption) => {
    const { signal } = interruption
    await makeReady(plan, signal)
    const run = createRunDirectory({ root: projectRoot, ...plan, now: new Date() })
    const only = { ...(names.length > 0 && { mutants: names }), ...(minutes !== undefined && { budget: controlBudget(minutes) }) }
    const { rows, notBegun } = await withinCluster({ plan, runDirectory: run.path, signal }, (record) =>
      runControls({ run, record, ...plan, signal, ...only }),
    )
    for (const line of killTable(rows)) log(line)
    if (notBegun.length > 0) log(`There was no time for ${notBegun.length} more controls.`)
    log(`Evidence: ${run.path}/mutants`)
    return rows.length > 0 && rows.every(({ killed }) => killed) ? exitCodes.success : exitCodes.violation
  })
}
