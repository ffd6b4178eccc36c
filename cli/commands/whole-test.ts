import { join } from 'node:path'
import { stopOwnEngine } from '../../clusters/index.ts'
import { type Budget, type BudgetInput, stagesWithoutParts, startBudget } from '../budget/budget.ts'
import { failedTestLines } from '../budget/failed-tests.ts'
import { addDurations, knownDurations, ownDurations, readDurations } from '../budget/durations.ts'
import { measuredDurations } from '../budget/measured.ts'
import { probe } from '../budget/probe.ts'
import { type LeftOut, leftOutLines } from '../budget/sentences.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { failureText } from '../shell/failure.ts'
import type { Interruption } from '../run/interruption.ts'
import { makeReady } from '../run/make-ready.ts'
import { profileStages } from './profile-stages.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { type Stages, startStages } from '../budget/stages.ts'
import { lastLine, stageTable, totalOf } from '../budget/tally.ts'
import { pathOfRun, runId } from '../run/run-directory.ts'
import { runTests } from '../run/test-projects.ts'
import { builtComponents } from '../controls/component-stage.ts'
import { runElsewhere, type TriedElsewhere } from '../elsewhere/elsewhere-stage.ts'
import { withInterruption } from '../run/with-interruption.ts'

/** What `npm test` is to do: one run for each profile. */
export interface WholePlan {
  readonly profiles: readonly RunPlan[]
  /** What is tried after them, on clusters of its own. */
  readonly elsewhere: readonly TriedElsewhere[]
  /** Minutes in which all of it is to end, with as much left out as that takes. Nothing is left out when absent. */
  readonly minutes?: number | undefined
}

/** Runs every test there is, or as many as there is time for. Its last line is `N passed, N failed, N skipped`, whatever happens. */
export async function wholeTest(plan: WholePlan): Promise<ExitCode> {
  const stages = startStages()
  const leftOut: LeftOut[] = []
  const code = await withInterruption(async (interruption) => {
    try {
      await runStages({ plan, stages, leftOut, interruption })
    } catch (error) {
      if (interruption.signal.aborted) throw error
      log(failureText(error))
      return exitCodes.setUp
    } finally {
      await leaveNoEngine({ plan, stages })
    }
    return totalOf(stages.done).failed === 0 ? exitCodes.success : exitCodes.violation
  })
  for (const line of leftOutLines(leftOut)) log(line)
  for (const line of failedTestLines(stages.done)) log(line)
  for (const line of stageTable(stages.done)) log(line)
  log(lastLine(totalOf(stages.done)))
  return code
}

interface StageRun {
  readonly plan: WholePlan
  readonly stages: Stages
  /** Gets what there was no time for. */
  readonly leftOut: LeftOut[]
  readonly interruption: Interruption
}

async function runStages({ plan, stages, leftOut, interruption }: StageRun): Promise<void> {
  const { profiles } = plan
  const { signal } = interruption
  const { probeSeconds } = readDurations()
  const slowness = (await probe()) / probeSeconds
  const isBuilt = await builtComponents(profiles[0]?.settings.kubernetes)
  const budget = budgetOf(plan, { stages, slowness, isBuilt })
  const start = performance.now()
  // The driver's tests mount real file systems with what the first stage installs.
  await stages.run('engine, sweep, images', async () => {
    for (const one of profiles) await makeReady(one, signal)
  })
  budget?.imagesReady((performance.now() - start) / 1000)
  // Their results lie beside the reports of the first run, which begins only after them.
  const id = runId(new Date())
  const directory = join(pathOfRun(projectRoot, id), 'tests')
  await stages.run('unit tests', () => runTests('unit', { directory, signal }))
  await stages.run('driver', () => runTests('driver', { directory, signal }))
  const runDirectories: string[] = []
  for (const one of profiles) {
    const isFirst = one === profiles[0]
    const run = await profileStages({ plan: one, stages, leftOut, interruption, budget, isFirst, id: isFirst ? id : undefined })
    runDirectories.push(run.path)
    signal.throwIfAborted()
  }
  const elsewhere = await runElsewhere({ items: plan.elsewhere, stages, leftOut, budget, signal })
  signal.throwIfAborted()
  const names = stagesWithoutParts(profiles)
  const timed = [...stages.done.filter(({ name }) => names.includes(name)), ...elsewhere]
  try {
    addDurations(ownDurations(), measuredDurations({ runDirectories, stages: timed, slowness, probeSeconds }))
  } catch (error) {
    log(`Durations for the next run could not be kept: ${failureText(error)}`)
  }
}

function budgetOf(
  { profiles, elsewhere, minutes }: WholePlan,
  { stages, slowness, isBuilt }: { readonly slowness: number } & Pick<BudgetInput, 'stages' | 'isBuilt'>,
) {
  if (minutes === undefined) return undefined
  const durations = knownDurations(readDurations())
  const elapsed = () => performance.now() / 1000
  return startBudget({
    ...{ minutes, profiles, elsewhere: elsewhere.map(({ id }) => id), stages, durations, isBuilt },
    ...{ probed: slowness, now: new Date(), elapsed, log },
  }) satisfies Budget
}

/** The next run of a developer starts sooner with the engine there; in CI nothing stays that was not there before. */
async function leaveNoEngine({ plan, stages }: Pick<StageRun, 'plan' | 'stages'>): Promise<void> {
  if (process.env['CI'] === undefined || plan.profiles.some(({ retain }) => retain)) return
  await stages.attempt('engine down', () => stopOwnEngine(log))
}
