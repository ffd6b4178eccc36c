import { counted } from '../../contract/counted.ts'
import { join } from 'node:path'
import { printRecheck, recheck } from '../../reports/verify/recheck.ts'
import { verifyReport } from '../../reports/verify/verify.ts'
import { type Budget, componentStage, type Decision } from '../budget/budget.ts'
import { controlId } from '../budget/durations.ts'
import type { LeftOut } from '../budget/sentences.ts'
import { closeRun } from '../run/close-run.ts'
import { endInStages } from '../run/end-in-stages.ts'
import { runComponentStage } from '../controls/component-stage.ts'
import { plannedControls } from '../controls/control-units.ts'
import { acquireCluster, type AcquiredCluster, logsStep, removalStep } from '../run/acquired-cluster.ts'
import type { Interruption } from '../run/interruption.ts'
import { countKills, killTable } from '../controls/kill-table.ts'
import { findLeaks } from '../run/leaks-step.ts'
import { findLeftovers } from '../run/leftovers.ts'
import { runLimits } from '../run/run-limits.ts'
import { mutantsOf, supported, whyNoMutant } from '../controls/mutants-of.ts'
import { runControls } from '../controls/run-controls.ts'
import { createRunDirectory, noteLeftOut, type RunDirectory } from '../run/run-directory.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { runSuites } from '../run/run-suites.ts'
import { runSanitySpecs } from '../run/sanity-specs.ts'
import { log } from '../shell/log.ts'
import { type Outcome, stageOn, type Stages } from '../budget/stages.ts'
import { countOne } from '../budget/tally.ts'
import { countVerdicts } from '../run/verdict-counts.ts'

/** One profile in `npm test`. */
export interface OneProfile {
  readonly plan: RunPlan
  readonly stages: Stages
  /** Gets what there was no time for. */
  readonly leftOut: LeftOut[]
  readonly interruption: Interruption
  /** Everything is run when undefined. */
  readonly budget: Budget | undefined
  readonly isFirst: boolean
  /** Id of the run where it has one already; it gets one when absent. */
  readonly id?: string | undefined
}

/**
 * A run on a cluster of one profile: suites, controls, mutants of components, report, and what can be shown of them afterwards. Returns
 * where it is. Throws where there is no cluster to run on, and when it is interrupted; what else fails is a failed check of its stage.
 */
export async function profileStages(one: OneProfile): Promise<RunDirectory> {
  const { plan, interruption } = one
  const { signal } = interruption
  const stages = stagesOf(one)
  const decided = one.budget?.decide(stageOn(plan.settings.profile, 'conformance'))
  const part = partOf(one, decided)
  const run = createRunDirectory({ id: one.id, ...part, assessor: plan.settings.assessor, now: new Date() })
  leaveOut(one, run, decided)
  const cluster = await clusterUp(one, run)
  const findings: string[] = []
  const [work] = await Promise.allSettled([stagesOnCluster({ one, run, part, decided, cluster, findings })])
  await endInStages({
    ...{ run, work, stages },
    before: [
      { name: 'Removing mutants', limit: runLimits.reportWritten, run: () => findings },
      logsStep(cluster, { runDirectory: run.path, signal }),
    ],
    report: async () => closeRun(run, { interruptedBy: interruption.name() }),
    after: [removalStep(cluster)],
  })
  signal.throwIfAborted()
  if (one.isFirst)
    await one.stages.attempt('csi-sanity', () => runSanitySpecs({ logFile: join(run.path, 'logs', 'csi-sanity.log'), signal }))
  await stages.attempt('recheck', () => recheckRun(run))
  await stages.attempt('digests', async () => countProblems('verify', await verifyReport(run.path)))
  await stages.attempt('nothing left', async () => {
    const { checked, left } = await findLeftovers({ runDirectory: run.path })
    log(`Checked for leftovers: ${checked.join(', ')}.`)
    return countProblems('left behind', left)
  })
  return run
}

/** Stages that carry the name of the cluster's profile. */
function stagesOf({ stages, plan: { settings } }: OneProfile): Pick<Stages, 'run' | 'attempt'> {
  return {
    run: async (name, work) => stages.run(stageOn(settings.profile, name), work),
    attempt: async (name, work) => stages.attempt(stageOn(settings.profile, name), work),
  }
}

/** The plan with the guarantees that there is time for. */
function partOf({ plan, budget }: OneProfile, decided: Decision | undefined): RunPlan {
  if (decided === undefined || budget === undefined || decided.leftOut.length === 0) return plan
  const { why } = budget
  const chosen = new Set(decided.chosen.map(({ id }) => id))
  const left = plan.guarantees.filter(({ id }) => !chosen.has(id))
  return {
    ...plan,
    guarantees: plan.guarantees.filter(({ id }) => chosen.has(id)),
    skipped: [...plan.skipped, ...left.map((guarantee) => ({ guarantee, why }))],
    notRun: [...plan.notRun, { why, guarantees: left.length }],
  }
}

/** Notes what a stage leaves out for lack of time. */
function leaveOut(one: OneProfile, run: RunDirectory, left: Pick<Decision, 'stage' | 'noun' | 'leftOut'> | undefined): void {
  if (left === undefined || one.budget === undefined || left.leftOut.length === 0) return
  noteLeft(one, run, { stage: left.stage, noun: left.noun, why: one.budget.why, names: left.leftOut.map(({ id }) => id) })
}

/** Notes what a stage leaves out, in the run and for the closing lines. */
function noteLeft({ leftOut }: OneProfile, run: RunDirectory, left: LeftOut): void {
  leftOut.push(left)
  noteLeftOut(run, left)
}

interface OnCluster {
  readonly one: OneProfile
  readonly run: RunDirectory
  /** The plan with the guarantees that are run. */
  readonly part: RunPlan
  readonly decided: Decision | undefined
  readonly cluster: AcquiredCluster
  /** Gets what was left behind on the cluster. */
  readonly findings: string[]
}

async function clusterUp(one: OneProfile, run: RunDirectory): Promise<AcquiredCluster> {
  const { plan, interruption } = one
  const held: AcquiredCluster[] = []
  await stagesOf(one).run('cluster up', async () => {
    held.push(await acquireCluster({ plan, runDirectory: run.path, signal: interruption.signal }))
  })
  const [cluster] = held
  if (cluster === undefined) throw new Error('There is no cluster.')
  return cluster
}

/** Suites, controls and mutants of components. What an interruption cuts short is no error here: it is seen to once the run has ended. */
async function stagesOnCluster({ one, run, part, decided, cluster, findings }: OnCluster): Promise<void> {
  const { signal } = one.interruption
  const stages = stagesOf(one)
  try {
    await stages.run('conformance', async () => withLeftOut(await conformance({ part, run, signal }), decided))
    // Before the controls: their faults leave storage behind on purpose.
    if (!signal.aborted)
      await stages.attempt('nothing leaked', async () => countProblems('leaked', await findLeaks(cluster, { run, signal })))
    if (!signal.aborted) await stages.run('controls', () => controls({ one, run, cluster, findings }))
    const { record } = cluster
    const { plan, budget } = one
    const leave = (left: LeftOut) => noteLeft(one, run, left)
    if (!signal.aborted) await stages.run(componentStage, () => runComponentStage({ plan, run, record, budget, signal, leaveOut: leave }))
  } catch (error) {
    if (error !== signal.reason) throw error
  }
}

async function conformance({ part, run, signal }: Pick<OnCluster, 'part' | 'run'> & { readonly signal: AbortSignal }): Promise<Outcome> {
  const exitCode = await runSuites({ directory: run.path, cluster: join(run.path, 'cluster.json'), signal, ...part })
  return countVerdicts({ directory: run.path, guarantees: part.guarantees, exitCode })
}

function withLeftOut(outcome: Outcome, decided: Decision | undefined): Outcome {
  return { ...outcome, skipped: outcome.skipped + (decided?.leftOut.length ?? 0), leftOut: decided?.reason }
}

/** The controls of the profile, or the part of them that there is time for: of all guarantees, also of those that are not run today. */
async function controls({ one, run, cluster, findings }: Omit<OnCluster, 'part' | 'decided'>): Promise<Outcome | undefined> {
  const { record } = cluster
  const { plan, budget, interruption } = one
  const { signal } = interruption
  const offered = new Set(
    [...mutantsOf(supported(plan.guarantees, record))]
      .filter(([mutant]) => whyNoMutant(mutant, record) === undefined)
      .flatMap(([mutant, guarantees]) => guarantees.map(({ id }) => controlId(mutant, id))),
  )
  const decided = budget?.decide(stageOn(plan.settings.profile, 'controls'), (id) => offered.has(id))
  const found = (finding: string) => void findings.push(finding)
  const budgeted = decided && { budget: plannedControls(decided) }
  const { rows, notBegun } = await runControls({ run, record, signal, found, ...plan, ...budgeted })
  for (const line of killTable(rows)) log(line)
  const late = decided === undefined ? [] : decided.chosen.filter(({ id }) => notBegun.includes(id))
  const left = decided && { ...decided, leftOut: [...decided.leftOut, ...late] }
  leaveOut(one, run, left)
  const reason =
    left === undefined || left.leftOut.length === 0 ? undefined : `${counted(left.leftOut.length, 'controls')} ${budget?.why ?? ''}`
  return { ...countKills(rows), skipped: left?.leftOut.length ?? 0, leftOut: reason }
}

async function recheckRun(run: RunDirectory): Promise<Outcome> {
  const result = await recheck(run.path)
  printRecheck(result)
  if (result.exitCode === 0) return countOne(true)
  return { ...countOne(false), failedTests: [{ name: 'recheck', message: `exit code ${result.exitCode}; what differs is printed above` }] }
}

function countProblems(what: string, problems: readonly string[]): Outcome {
  for (const problem of problems) log(`${what}: ${problem}`)
  return { ...countOne(problems.length === 0), failedTests: problems.map((message) => ({ name: what, message })) }
}
