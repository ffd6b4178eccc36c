import type { ComponentMutant } from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { controlBudget, shuffled, today } from './control-units.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { withinCluster } from '../run/acquired-cluster.ts'
import { killTable, outcomeOf } from './kill-table.ts'
import { makeReady } from '../run/make-ready.ts'
import { runComponentControls } from './run-component-controls.ts'
import { type Controls, type ControlResult, runControls } from './run-controls.ts'
import { createRunDirectory } from '../run/run-directory.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { withInterruption } from '../run/with-interruption.ts'

/** Selection of controls, and minutes in which they may begin; all run when no minutes are given. */
export interface SensitivityPlan {
  readonly plan: RunPlan
  readonly minutes: number | undefined
  /** Mutants by name, every one when empty; or those of components. */
  readonly what: { readonly names: readonly string[] } | { readonly components: readonly ComponentMutant[] }
}

/** Runs the controls on a cluster of their own and prints the kill table. Success takes every mutant killed that is not equivalent. */
export async function runSensitivity(wanted: SensitivityPlan): Promise<ExitCode> {
  const { plan } = wanted
  return withInterruption(async (interruption) => {
    const { signal } = interruption
    await makeReady(plan, signal)
    const run = createRunDirectory({
      ...plan,
      assessor: plan.settings.assessor,
      knownFailures: undefined,
      now: new Date(),
    })
    const { rows, notBegun } = await withinCluster({ plan, runDirectory: run.path, signal }, (record: ClusterRecord) =>
      runWanted(wanted, { run, record, ...plan, signal, found: (finding) => log(`Finding: ${finding}`) }),
    )
    for (const line of killTable(rows)) log(line)
    if (notBegun.length > 0) log(`${notBegun.length} more controls were not begun.`)
    log(`Evidence: ${run.path}/mutants`)
    const isShown = rows.length > 0 && rows.every((row) => outcomeOf(row) !== 'ALIVE')
    return isShown ? exitCodes.success : exitCodes.violation
  })
}

async function runOfComponents(
  chosen: readonly ComponentMutant[],
  { controls, minutes }: { readonly controls: Controls; readonly minutes: number | undefined },
): Promise<ControlResult> {
  if (minutes === undefined) return runComponentControls({ ...controls, chosen, budget: undefined })
  const guaranteesOf = (killedBy: string) => controls.guarantees.filter(({ id }) => id === killedBy)
  const units = chosen.map((of) => ({ of, mutant: of.name, guarantees: guaranteesOf(of.killedBy) }))
  const inOrder = shuffled(units, today).map(({ of }) => of)
  return runComponentControls({ ...controls, chosen: inOrder, budget: { seconds: minutes * 60, least: 1 } })
}

async function runWanted({ what, minutes }: SensitivityPlan, controls: Controls): Promise<ControlResult> {
  if ('components' in what) return runOfComponents(what.components, { controls, minutes })
  const only = {
    ...(what.names.length > 0 && { mutants: what.names }),
    ...(minutes !== undefined && { budget: controlBudget(minutes) }),
  }
  return runControls({ ...controls, ...only })
}
