import { join } from 'node:path'
import { unlessAborted } from '../../clusters/existing/within.ts'
import { ensureTarget, featuresOfUpgrade } from '../../clusters/index.ts'
import { counted } from '../../contract/counted.ts'
import type { TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import { acquireCluster, logsStep, removalStep } from '../run/acquired-cluster.ts'
import { closeRun } from '../run/close-run.ts'
import { codeOfRun } from '../run/code-of-run.ts'
import { endRun } from '../run/end-run.ts'
import { keptStep } from '../run/kept-namespaces.ts'
import { leaksStep } from '../run/leaks-step.ts'
import { makeReady } from '../run/make-ready.ts'
import { createRunDirectory, writeJson } from '../run/run-directory.ts'
import { withInterruption } from '../run/with-interruption.ts'
import type { ExitCode } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { upgradeBelowSuites } from './below-suites.ts'
import type { UpgradeRunPlan } from './plan-upgrade-run.ts'

/** A cluster of the old version, suites with state on it, its upgrade while they wait, their verdicts, and nothing left behind. */
export async function upgradeRun(upgrade: UpgradeRunPlan): Promise<ExitCode> {
  const { plan, request } = upgrade
  return withInterruption(async (interruption) => {
    const { signal } = interruption
    await makeReady(plan, signal)
    const target = await unlessAborted(ensureTarget(request, { config: plan.settings, log, signal }), signal)
    const run = createRunDirectory({
      ...plan,
      ...{ profile: 'upgrade', assessor: plan.settings.assessor, now: new Date() },
    })
    const cluster = await acquireCluster({ plan, runDirectory: run.path, signal })
    const record = { ...cluster.record, features: [...cluster.record.features, ...featuresOfUpgrade(request)] }
    writeJson(join(run.path, 'cluster.json'), record)
    log(`Run ${run.id}: ${counted(plan.guarantees.length, 'guarantees')}; evidence goes to ${run.path}.`)
    const [work] = await Promise.allSettled([upgradeBelowSuites({ ...upgrade, directory: run.path, record, target, signal })])
    const failure = work.status === 'fulfilled' ? work.value.failure : undefined
    // An upgrade that ended early is best looked at where it ended.
    if (plan.keepFailed && (failure !== undefined || work.status === 'rejected')) cluster.keep()
    const verdicts = await endRun({
      ...{ run, work },
      before: [failureStep(failure), leaksStep(cluster, { run, signal }), logsStep(cluster, { runDirectory: run.path, signal })],
      report: async () => closeRun(run, { interruptedBy: interruption.name() }),
      after: [keptStep(cluster, { plan, directory: run.path }), removalStep(cluster)],
    })
    const suites = work.status === 'fulfilled' ? { ...work, value: work.value.ended } : work
    return codeOfRun(verdicts, { directory: run.path, baseline: undefined, knownFailures: plan.knownFailures, work: suites })
  })
}

function failureStep(failure: string | undefined): TearDownStep {
  return { name: 'The upgrade', limit: 1, run: async () => (failure === undefined ? [] : [failure]) }
}
