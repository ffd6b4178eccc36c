import {
  checkUpgrade,
  featuresOfUpgrade,
  sameImage,
  type UpgradableName,
  upgradeMutantNamed,
  type UpgradeRequest,
} from '../../clusters/index.ts'
import { releaseOf } from '../../clusters/images/kubernetes-release.ts'
import { isMutantName, type MutantName } from '../../clusters/mutants/catalogue.ts'
import { profileFeatures } from '../../clusters/profiles/profile-features.ts'
import type { Feature } from '../../contract/feature.ts'
import { isAboutUpgrade, upgradeFeatures } from '../../contract/upgrade.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { requireRelease } from '../plan/kubernetes-version.ts'
import { planRun, type RunOptions, type RunPlan } from '../plan/run-plan.ts'
import type { Skipped } from '../plan/selection.ts'
import { UsageError } from '../shell/usage-error.ts'

/** What `holdfast upgrade` was asked for on the command line. */
export interface UpgradeOptions extends Pick<
  RunOptions,
  'config' | 'workers' | 'retain' | 'keepFailed' | 'assessor' | 'level' | 'knownFailures'
> {
  readonly from: string
  readonly to?: string
  readonly drain: boolean
  readonly component?: Readonly<Partial<Record<UpgradableName, string>>>
  readonly velero?: boolean
  /** Name of a mutant of the catalogue or of the upgrade: only guarantees that must see it are run. */
  readonly mutant?: string
}

/** A run with an upgrade in its middle. */
export interface UpgradeRunPlan {
  readonly plan: RunPlan
  readonly request: UpgradeRequest
  /** A mutant of the catalogue, which is in force for what the suites make; absent in an honest run, and for a mutant of the upgrade. */
  readonly control?: MutantName | undefined
}

/**
 * Checks flags, settings and names. Throws a `UsageError` or a `SetupError` for the first thing that makes no sense; nothing was started by
 * then.
 */
export function planUpgradeRun(names: readonly string[], options: UpgradeOptions): UpgradeRunPlan {
  const { from, to = from, drain, component = {}, velero = false, mutant: mutantName, ...rest } = options
  const control = mutantName !== undefined && isMutantName(mutantName) ? mutantName : undefined
  const mutant = mutantName === undefined || control !== undefined ? undefined : upgradeMutantNamed(mutantName)
  const [first, last] = [from, to].map((version) => releaseOf(requireRelease(version))) as [UpgradeRequest['from'], UpgradeRequest['to']]
  const request: UpgradeRequest = {
    ...{ from: first, to: last, drained: drain, mutant },
    components: { ...(mutant !== undefined && 'patch' in mutant.by && { [mutant.by.component]: sameImage }), ...component },
  }
  if (component.velero !== undefined && !velero)
    throw new UsageError('Velero can only be upgraded on a cluster that has it.', { fix: 'Add --velero.' })
  const planned = planRun(mutant === undefined ? names : [mutant.killedBy], { ...rest, profile: 'upgrade', kubernetes: first.kubernetes })
  const settings = { ...planned.settings, profile: velero ? 'velero' : 'default' } as const
  checkUpgrade(request, settings)
  const skipped = planned.guarantees.flatMap((guarantee): readonly Skipped[] => {
    const why =
      whyNot(guarantee, { request, velero }) ??
      (isUnder(guarantee, { control, request }) ? undefined : `are not broken by ${control ?? ''}`)
    return why === undefined ? [] : [{ guarantee, why }]
  })
  const guarantees = planned.guarantees.filter((guarantee) => skipped.every((one) => one.guarantee !== guarantee))
  if (guarantees.length === 0)
    throw new UsageError('No guarantee is about an upgrade like this.', {
      fix: `Leave the names out, or change the flags. Those that were left out ${[...new Set(skipped.map(({ why }) => why))].join('; ')}.`,
    })
  const added = [...Map.groupBy(skipped, ({ why }) => why)].map(([why, some]) => ({ why, guarantees: some.length }))
  const plan = { ...planned, settings, guarantees, skipped: [...planned.skipped, ...skipped], notRun: [...planned.notRun, ...added] }
  return { plan, request, control }
}

/** Mutants that show in some upgrades only: where Pods leave their nodes, and where the driver goes from a node for a while. */
const shows: Readonly<Partial<Record<MutantName, (request: UpgradeRequest) => boolean>>> = {
  'fsync-lies': (request) => featuresOfUpgrade(request).includes('DrainedNodeUpgrade'),
  'pods-crash-with-driver': ({ components }) => components['csi-hostpath'] !== undefined,
}

function isUnder(
  { mutants }: Guarantee,
  { control, request }: { readonly control: MutantName | undefined; readonly request: UpgradeRequest },
): boolean {
  if (control === undefined) return true
  return mutants.includes(control) && shows[control]?.(request) !== false
}

/** Why a guarantee cannot be judged by this upgrade; undefined where it can. */
function whyNot(
  { requires }: Guarantee,
  { request, velero }: { readonly request: UpgradeRequest; readonly velero: boolean },
): string | undefined {
  const offered = featuresOfUpgrade(request)
  const ofUpgrades: readonly Feature[] = upgradeFeatures
  const lacking = requires.find((feature) => ofUpgrades.includes(feature) && !offered.includes(feature))
  if (lacking !== undefined) return `are about another upgrade (${lacking})`
  const others = requires.filter((feature) => !ofUpgrades.includes(feature))
  return others.every((feature) => profileFeatures[velero ? 'velero' : 'default'].includes(feature)) ? undefined : 'need Velero: --velero'
}

/** Whether a catalogue has guarantees about upgrades, all of which can run at the same time. */
export function runTogether(guarantees: readonly Guarantee[]): boolean {
  return guarantees.every((guarantee) => isAboutUpgrade(guarantee) && guarantee.disruptive !== true && guarantee.holds === undefined)
}
