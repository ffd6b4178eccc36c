import { join } from 'node:path'
import type { DriverDefinition } from '../../clusters/driver-definition/definition.ts'
import { describeDefinition } from '../../clusters/driver-definition/describe-definition.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { describePlan, plannedGuarantees } from '../plan/planned-guarantees.ts'
import type { ExitCode } from '../shell/exit-code.ts'
import { endRun } from './end-run.ts'
import type { RunHistory } from '../../reports/trend/read-history.ts'
import type { RunsOfSide } from '../../reports/compare/runs-of-side.ts'
import { codeOfRun } from './code-of-run.ts'
import { acquireCluster, logsStep, removalStep } from './acquired-cluster.ts'
import { keptStep } from './kept-namespaces.ts'
import { leaksStep } from './leaks-step.ts'
import { runLimits } from './run-limits.ts'
import { makeReady } from './make-ready.ts'
import { closeRun } from './close-run.ts'
import { createRunDirectory, sentenceOfRun } from './run-directory.ts'
import { loadSuites } from './load-suites.ts'
import { withOwnFeatures } from '../plan/own-features.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { runSuites } from './run-suites.ts'
import { needsOfPlan } from '../rights/rights-of-selection.ts'
import { log } from '../shell/log.ts'
import { withInterruption } from './with-interruption.ts'

/** The definition of a driver that somebody else wrote; undefined where there is none. */
function definitionIn(target: RunPlan['target']): DriverDefinition | undefined {
  if (target.kind === 'foreign') return target.cluster.driver
  return target.kind === 'new' ? target.installation?.definition : undefined
}

/** Tells what is known of a driver that somebody else wrote, before anything is made. */
function sayDriver({ target }: RunPlan): void {
  const definition = definitionIn(target)
  if (definition === undefined) return
  const notes = target.kind === 'new' ? (target.installation?.plan.notes ?? []) : []
  for (const line of [...describeDefinition(definition), ...notes]) log(line)
}

/** Tells which guarantees such a driver comes to, once its cluster is known. */
function sayPlan({ guarantees, target, own }: RunPlan, known: ClusterRecord | undefined): void {
  if (definitionIn(target) === undefined || known === undefined) return
  for (const line of describePlan(plannedGuarantees(guarantees, withOwnFeatures(known, guarantees, own?.declared)))) log(line)
}

/** What a run is compared with at its end, and the earlier runs that its report tells of; nothing when undefined. */
interface Compared {
  readonly baseline: RunsOfSide | undefined
  readonly history: RunHistory | undefined
}

/** A cluster, the suites, their evidence, the report, and nothing left behind. */
export async function conformanceRun(plan: RunPlan, { baseline, history }: Compared): Promise<ExitCode> {
  return withInterruption(async (interruption) => {
    const { signal } = interruption
    sayDriver(plan)
    await loadSuites(plan.own?.catalogue ?? [], signal)
    const attached = await makeReady({ ...plan, needs: needsOfPlan(plan) }, signal)
    sayPlan(plan, attached)
    const run = createRunDirectory({ ...plan, assessor: plan.settings.assessor, now: new Date() })
    const request = { plan, attached, runDirectory: run.path, signal }
    const cluster = await acquireCluster(request)
    const { record } = cluster
    if (attached === undefined) sayPlan(plan, record)
    log(sentenceOfRun(run, plan.guarantees.length))
    log(`Running the suites on ${record.name} (Kubernetes ${record.versions['kubernetes'] ?? 'of unknown version'}).`)
    const graceSeconds = plan.target.kind === 'new' ? undefined : runLimits.suitesCleanedUp
    const suites = runSuites({ directory: run.path, cluster: join(run.path, 'cluster.json'), signal, graceSeconds, ...plan })
    const [work] = await Promise.allSettled([suites])
    if (graceSeconds !== undefined && signal.aborted && work.status === 'fulfilled' && work.value === null)
      log(`The suites did not clean up within ${graceSeconds} s. The next run on this cluster deletes their namespaces (hf-…).`)
    const verdicts = await endRun({
      ...{ run, work },
      before: [leaksStep(cluster, { run, signal }), logsStep(cluster, request)],
      report: async () => closeRun(run, { interruptedBy: interruption.name(), history }),
      after: [keptStep(cluster, { plan, directory: run.path }), removalStep(cluster)],
    })
    return codeOfRun(verdicts, { directory: run.path, baseline, knownFailures: plan.knownFailures, work })
  })
}
