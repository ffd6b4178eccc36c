import { join } from 'node:path'
import { openUpgrade, type RunningUpgrade, type UpgradeTarget } from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { type UpgradeStage, upgradeStages } from '../../contract/upgrade.ts'
import { runSuites, type SuiteRun } from '../run/run-suites.ts'
import { failureText } from '../shell/failure.ts'
import { log } from '../shell/log.ts'
import { allArrived } from './barrier.ts'
import type { UpgradeRunPlan } from './plan-upgrade-run.ts'

/** Seconds within which all suites have made their state, or have come from one stage to the next. */
const arriveWithin: Readonly<Record<UpgradeStage, number>> = { begin: 600, 'control-plane': 180, whole: 420 }

/** Suites with the upgrade that is done below them. */
export interface UpgradedSuites extends UpgradeRunPlan {
  /** Gets the evidence, and what suites and upgrade tell each other; `cluster.json` is in it. */
  readonly directory: string
  readonly record: ClusterRecord
  readonly target: UpgradeTarget
  readonly signal: AbortSignal
  /** A mutant of the catalogue that is in force for the suites; absent in an honest run. */
  readonly inForce?: SuiteRun['mutant']
}

/** How suites and their upgrade ended. */
export interface UpgradedResult {
  /** Exit code of Vitest, null when a signal ended it. */
  readonly ended: number | null
  /** Why the upgrade ended early, as a sentence; undefined where it did not. */
  readonly failure: string | undefined
}

/** Gets the nodes ready, starts the suites, and upgrades the platform while they wait. */
export async function upgradeBelowSuites(upgraded: UpgradedSuites): Promise<UpgradedResult> {
  const { plan, request, directory, record, target, signal, inForce } = upgraded
  await using upgrade = await openUpgrade({ request, record, target, runDirectory: directory, log, signal })
  log('Getting the nodes ready for the upgrade.')
  await upgrade.prepare()
  log(`Running the suites on ${record.name} (Kubernetes ${record.versions['kubernetes'] ?? 'of unknown version'}).`)
  const { catalogue, guarantees, keepFailed } = plan
  const state = { ended: false }
  const suites = runSuites({
    ...{ directory, cluster: join(directory, 'cluster.json'), catalogue, guarantees, keepFailed, signal, together: true },
    ...(inForce !== undefined && { mutant: inForce }),
  }).finally(() => (state.ended = true))
  // Where they cannot be started, that is thrown once no step of the upgrade is under way.
  suites.catch(() => undefined)
  const failure = await stageAfterStage({ upgrade, directory, guarantees, ended: () => state.ended, signal })
  return { ended: await suites, failure }
}

interface Below extends Pick<UpgradedSuites, 'directory' | 'signal'> {
  readonly upgrade: RunningUpgrade
  readonly guarantees: UpgradeRunPlan['plan']['guarantees']
  readonly ended: () => boolean
}

/**
 * Upgrades the platform below suites that wait, stage after stage. Returns why it ended early, as a sentence; undefined where it did not.
 * The suites go on in either case: those that waited in vain are Inconclusive.
 */
async function stageAfterStage({ upgrade, directory, guarantees, ended, signal }: Below): Promise<string | undefined> {
  try {
    for (const stage of upgradeStages) {
      const wait = { runDirectory: directory, guarantees, within: arriveWithin[stage], log, signal, ended }
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
    const sentence = error instanceof Error ? error.message : String(error)
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
