import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureTarget, featuresOfUpgrade, openUpgrade, type RunningUpgrade, type UpgradeMutant } from '../../clusters/index.ts'
import { unlessAborted } from '../../clusters/existing/within.ts'
import { because } from '../../clusters/setup-error.ts'
import { counted } from '../../contract/counted.ts'
import { type UpgradeStage, upgradeStages } from '../../contract/upgrade.ts'
import type { TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import type { VerdictRecord } from '../../harness/engine/judge/verdict-record.ts'
import { acquireCluster, type AcquiredCluster, logsStep, removalStep } from '../run/acquired-cluster.ts'
import { closeRun } from '../run/close-run.ts'
import { codeOfRun } from '../run/code-of-run.ts'
import { endRun } from '../run/end-run.ts'
import { keptStep } from '../run/kept-namespaces.ts'
import { leaksStep } from '../run/leaks-step.ts'
import { makeReady } from '../run/make-ready.ts'
import { createRunDirectory, type RunDirectory, writeJson } from '../run/run-directory.ts'
import { runSuites } from '../run/run-suites.ts'
import { withInterruption } from '../run/with-interruption.ts'
import { failureText } from '../shell/failure.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { allArrived } from './barrier.ts'
import type { UpgradeRunPlan } from './plan-upgrade-run.ts'

/** Seconds within which all suites have made their state, or have come from one stage to the next. */
const arriveWithin: Readonly<Record<UpgradeStage, number>> = { begin: 600, 'control-plane': 120, whole: 420 }

/** A cluster of the old version, suites with state on it, its upgrade while they wait, their verdicts, and nothing left behind. */
export async function upgradeRun({ plan, request }: UpgradeRunPlan): Promise<ExitCode> {
  return withInterruption(async (interruption) => {
    const { signal } = interruption
    await makeReady(plan, signal)
    const target = await unlessAborted(ensureTarget(request, { config: plan.settings, log, signal }), signal)
    const run = createRunDirectory({ root: projectRoot, ...plan, profile: 'upgrade', assessor: plan.settings.assessor, now: new Date() })
    const cluster = await acquireCluster({ plan, runDirectory: run.path, signal })
    const record = { ...cluster.record, features: [...cluster.record.features, ...featuresOfUpgrade(request)] }
    writeJson(join(run.path, 'cluster.json'), record)
    log(`Run ${run.id}: ${counted(plan.guarantees.length, 'guarantees')}; evidence goes to ${run.path}.`)
    let failure: string | undefined
    const work = async () => {
      await using upgrade = await openUpgrade({ request, record, target, runDirectory: run.path, log, signal })
      log('Getting the nodes ready for the upgrade.')
      await upgrade.prepare()
      log(`Running the suites on ${record.name} (Kubernetes ${record.versions['kubernetes'] ?? 'of unknown version'}).`)
      const state = { ended: false }
      const suites = runSuites({ directory: run.path, cluster: join(run.path, 'cluster.json'), signal, together: true, ...plan }).finally(
        () => (state.ended = true),
      )
      failure = await upgradeBelow({ upgrade, run, guarantees: plan.guarantees, ended: () => state.ended, signal })
      return await suites
    }
    const [done] = await Promise.allSettled([work()])
    if (failure !== undefined || done.status === 'rejected') stays(cluster, plan)
    const verdicts = await endRun({
      ...{ run, work: done },
      before: [failureStep(failure), leaksStep(cluster, { run, signal }), logsStep(cluster, { runDirectory: run.path, signal })],
      report: async () => closeRun(run, { interruptedBy: interruption.name() }),
      after: [keptStep(cluster, { plan, directory: run.path }), removalStep(cluster)],
    })
    if (request.mutant !== undefined) return codeOfControl(request.mutant, run.path)
    return codeOfRun(verdicts, { directory: run.path, baseline: undefined, knownFailures: plan.knownFailures, work: done })
  })
}

/** A control is a success where its guarantee came out Failed, and a failure where nobody noticed. */
function codeOfControl({ name, killedBy }: UpgradeMutant, directory: string): ExitCode {
  const { verdict, reasons } = verdictIn(directory, killedBy)
  const isKilled = verdict === 'Failed'
  const what = isKilled ? `came out Failed, as it must: ${reasons[0]?.summary ?? ''}` : `came out ${verdict}, and must be Failed`
  log(`Mutant ${name}: ${killedBy} ${what}`)
  return isKilled ? exitCodes.success : exitCodes.violation
}

function verdictIn(directory: string, id: string): Pick<VerdictRecord, 'reasons'> & { readonly verdict: string } {
  const file = join(directory, 'evidence', id, 'verdict.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as VerdictRecord) : { verdict: 'without a verdict', reasons: [] }
}

interface Below {
  readonly upgrade: RunningUpgrade
  readonly run: RunDirectory
  readonly guarantees: UpgradeRunPlan['plan']['guarantees']
  readonly ended: () => boolean
  readonly signal: AbortSignal
}

/**
 * Upgrades the platform below suites that wait, stage after stage. Returns why it ended early, as a sentence; undefined where it did not.
 * The suites go on in either case: those that waited in vain are Inconclusive.
 */
async function upgradeBelow({ upgrade, run, guarantees, ended, signal }: Below): Promise<string | undefined> {
  try {
    for (const stage of upgradeStages) {
      const wait = { runDirectory: run.path, guarantees, within: arriveWithin[stage], log, signal, ended }
      if (!(await allArrived(stage, wait))) {
        log('No suite waits for the upgrade any more.')
        return undefined
      }
      log(told[stage])
      await upgrade.carryOut(stage)
    }
    log('The platform is upgraded: the suites judge it.')
    return undefined
  } catch (error) {
    if (signal.aborted) return undefined
    const sentence = error instanceof Error ? error.message : because(error)
    log(`The upgrade ends here. ${failureText(error)}`)
    upgrade.fail(sentence)
    return sentence
  }
}

const told: Readonly<Record<UpgradeStage, string>> = {
  begin: 'All suites have made their state: what is half done begins now.',
  'control-plane': 'Upgrading the control plane.',
  whole: 'Upgrading the nodes and what runs beside Kubernetes.',
}

/** An upgrade that ended early is a finding; with `--keep-failed` its cluster stays for a look. */
function stays(cluster: AcquiredCluster, { keepFailed }: UpgradeRunPlan['plan']): void {
  if (keepFailed) cluster.keep()
}

function failureStep(failure: string | undefined): TearDownStep {
  return { name: 'The upgrade', limit: 1, run: async () => (failure === undefined ? [] : [failure]) }
}
