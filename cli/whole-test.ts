import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { printRecheck, recheck } from '../reports/verify/recheck.ts'
import { verifyReport } from '../reports/verify/verify.ts'
import { closeRun } from './close-run.ts'
import { holdCluster, type HeldCluster, keepLogs } from './held-cluster.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { failureText } from './failure.ts'
import type { Interruption } from './interruption.ts'
import { killTable } from './kill-table.ts'
import { findLeftovers } from './leftovers.ts'
import { makeReady } from './make-ready.ts'
import { projectRoot } from './project-root.ts'
import { controlBudget, minutesForControls } from './control-units.ts'
import { runControls } from './run-controls.ts'
import { createRunDirectory, type RunDirectory } from './run-directory.ts'
import type { RunPlan } from './run-plan.ts'
import { runSuites } from './run-suites.ts'
import { runSanitySpecs } from './sanity-specs.ts'
import { say } from './say.ts'
import { type Stages, startStages } from './stages.ts'
import { countOne, type Counts, lastLine, stageTable, totalOf } from './tally.ts'
import { runTests } from './test-projects.ts'
import { countVerdicts } from './verdict-counts.ts'
import { withInterruption } from './with-interruption.ts'

/** What `npm test` is to do: one run for each profile. */
export interface WholePlan {
  readonly profiles: readonly RunPlan[]
}

/** Runs every test there is. Its last line is `N passed, N failed, N skipped`, whatever happens. */
export async function wholeTest(plan: WholePlan): Promise<ExitCode> {
  const stages = startStages()
  const code = await withInterruption(async (interruption) => {
    try {
      await runStages({ plan, stages, interruption })
    } catch (error) {
      if (interruption.signal.aborted) throw error
      say(failureText(error))
      return exitCodes.setUp
    }
    return totalOf(stages.done).failed === 0 ? exitCodes.success : exitCodes.violation
  })
  for (const line of stageTable(stages.done)) say(line)
  say(lastLine(totalOf(stages.done)))
  return code
}

interface Whole {
  readonly plan: WholePlan
  readonly stages: Stages
  readonly interruption: Interruption
}

async function runStages(whole: Whole): Promise<void> {
  const { plan, stages, interruption } = whole
  const { signal } = interruption
  // The driver's tests mount real file systems with what the first stage installs.
  await stages.run('engine, sweep, images', async () => {
    for (const one of plan.profiles) await makeReady(one, signal)
  })
  await stages.run('unit tests', () => runTests('unit', { signal }))
  await stages.run('driver', () => runTests('driver', { signal }))
  for (const one of plan.profiles) {
    await profileStages({ ...whole, plan: one }, one === plan.profiles[0])
    signal.throwIfAborted()
  }
}

interface OneProfile extends Omit<Whole, 'plan'> {
  readonly plan: RunPlan
}

/** A run on a cluster of one profile: suites, controls, report, and what can be shown of them afterwards. */
async function profileStages(one: OneProfile, isFirst: boolean): Promise<void> {
  const { plan, stages, interruption } = one
  const { signal } = interruption
  const named = stagesOf(stages, plan)
  const run = createRunDirectory({ root: projectRoot, ...plan, now: new Date() })
  try {
    await stagesOnCluster({ ...one, stages: named }, run)
    signal.throwIfAborted()
    if (isFirst) await stages.run('csi-sanity', () => runSanitySpecs({ log: join(run.path, 'logs', 'csi-sanity.log'), signal }))
  } finally {
    // Without a cluster there is nothing to report on but the error that is on its way.
    if (existsSync(join(run.path, 'cluster.json'))) {
      await named.run('report', async () => void (await closeRun(run, { interruptedBy: interruption.name() })))
    }
  }
  await named.run('recheck', () => recheckRun(run))
  await named.run('digests', async () => told('verify', await verifyReport(run.path)))
  await named.run('nothing left', async () => {
    const { checked, left } = await findLeftovers({ runDirectory: run.path })
    say(`Looked for leftovers in ${checked.join(', ')}.`)
    return told('left behind', left)
  })
}

/** Stages that carry the name of the cluster's profile. */
function stagesOf(stages: Stages, { settings: { profile } }: RunPlan): Stages {
  return { done: stages.done, run: async (name, work) => stages.run(profile === 'default' ? name : `${profile}: ${name}`, work) }
}

async function stagesOnCluster({ plan, stages, interruption: { signal } }: OneProfile, run: RunDirectory): Promise<void> {
  let cluster: HeldCluster | undefined
  try {
    await stages.run('cluster up', async () => {
      cluster = await holdCluster({ plan, runDirectory: run.path, signal })
      return undefined
    })
    if (cluster === undefined) return
    const start = performance.now()
    await stages.run('conformance', () => conformance({ plan, run, signal }))
    signal.throwIfAborted()
    const minutes = minutesForControls((performance.now() - start) / 60_000)
    await stages.run('controls', () => controls({ plan, run, signal, cluster, minutes }))
  } finally {
    await stages.run('cluster down', () => takeDown({ cluster, run, signal }))
  }
}

interface OnCluster {
  readonly run: RunDirectory
  readonly signal: AbortSignal
  readonly cluster?: HeldCluster | undefined
  readonly plan: RunPlan
}

async function conformance({ plan, run, signal }: OnCluster): Promise<Counts> {
  const exitCode = await runSuites({ directory: run.path, cluster: join(run.path, 'cluster.json'), signal, ...plan })
  return countVerdicts({ directory: run.path, guarantees: plan.guarantees, exitCode })
}

/** A part of the controls, another one each day; `holdfast sensitivity` runs them all. */
async function controls({ plan, run, signal, cluster, minutes }: OnCluster & { readonly minutes: number }): Promise<Counts | undefined> {
  if (cluster === undefined) return undefined
  const budget = controlBudget(minutes)
  const { rows, notBegun } = await runControls({ run, record: cluster.record, signal, ...plan, budget })
  for (const line of killTable(rows)) say(line)
  if (notBegun > 0) say(`No time was left for ${notBegun} other controls: "./holdfast sensitivity" runs all.`)
  return { ...totalOf(rows.map(({ killed }) => countOne(killed))), skipped: notBegun }
}

async function takeDown({ cluster, run, signal }: Omit<OnCluster, 'plan'>): Promise<undefined> {
  if (cluster === undefined) return
  await keepLogs(cluster.record, { runDirectory: run.path, signal })
  await cluster[Symbol.asyncDispose]()
}

async function recheckRun(run: RunDirectory): Promise<Counts> {
  const result = await recheck(run.path)
  printRecheck(result)
  return countOne(result.exitCode === 0)
}

function told(what: string, problems: readonly string[]): Counts {
  for (const problem of problems) say(`${what}: ${problem}`)
  return countOne(problems.length === 0)
}
