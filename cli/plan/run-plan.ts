import type { Profile } from '../../clusters/images/plan.ts'
import { checkKubernetesSettings } from '../../clusters/kind-config/kind-config.ts'
import { profileOfKept } from '../../clusters/record/profile-of-kept.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { loadSettings, type Settings } from './config.ts'
import type { SuiteEntry } from '../catalogue/guarantee-catalogue.ts'
import { type GivenKnownFailures, givenKnownFailures } from './known-failures-file.ts'
import { catalogueOf, type PlannedOwnSuites, withoutOwnFeatures } from './own-suites-of-run.ts'
import { requireRelease } from './kubernetes-version.ts'
import { allowedIn } from './allow-disruptive.ts'
import { rbacCommand } from './rbac-command.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { clusterProfileOf, type RunProfile, usualProfile } from './profiles.ts'
import { type RunTarget, type TargetFlags, targetOf } from './run-target.ts'
import { areaOf, type NotRun, selection, type SelectionFlags, type Skipped } from './selection.ts'
import { UsageError } from '../shell/usage-error.ts'
import { provedEntries } from '../catalogue/proved-entries.ts'
import { workDirectory } from '../shell/work-directory.ts'

/** What a run was asked for on the command line. */
export interface RunOptions extends SelectionFlags, TargetFlags {
  readonly config?: string
  readonly retain?: boolean
  readonly keepFailed?: boolean
  readonly profile?: RunProfile
  readonly workers?: number
  /** Who answers for the run. */
  readonly assessor?: string
  /** Seed of the chaos between the suites and the API server; none when absent. */
  readonly chaos?: number
  /** Path of a file of known failures. */
  readonly knownFailures?: string
  /** Run or report that the run is compared with at its end; none when absent. */
  readonly baseline?: string
  /** Directories with suites of one's own. */
  readonly suites?: readonly string[]
}

/** Settings with the profile of the cluster in place of that of the run, and without what is no matter of the cluster. */
export interface ClusterSettings extends Omit<Settings, 'profile' | 'knownFailures' | 'baseline' | 'suites'> {
  readonly profile: Profile
}

/** A run, thought through before anything is started. */
export interface RunPlan {
  readonly settings: ClusterSettings
  readonly catalogue: readonly SuiteEntry[]
  readonly guarantees: readonly Guarantee[]
  /** What was asked for; undefined when guarantees were named. */
  readonly profile: RunProfile | undefined
  /** Guarantees that are not run, each with its reason. */
  readonly skipped: readonly Skipped[]
  /** Guarantees that are not run, by reason. */
  readonly notRun: readonly NotRun[]
  readonly retain: boolean
  /** Whether the namespaces of guarantees that are not Passed stay. */
  readonly keepFailed: boolean
  /** Command that prints the roles for these guarantees. */
  readonly grant: string
  /** Seed of the chaos between the suites and the API server; none when undefined. */
  readonly chaos: number | undefined
  /** Failures that do not break the gate; undefined where no file was given. */
  readonly knownFailures: GivenKnownFailures | undefined
  /** Run or report that the run is compared with at its end, as it was named; none when undefined. */
  readonly baseline: string | undefined
  /** Suites of one's own; undefined where none were named. */
  readonly own: PlannedOwnSuites | undefined
  readonly target: RunTarget
}

/** Checks flags, settings and names. Throws a `UsageError` for the first thing that makes no sense; nothing was started by then. */
export function planRun(names: readonly string[], options: RunOptions): RunPlan {
  const read = readSettings(options)
  const target = targetOf(withoutOwnFeatures(options), read)
  const { catalogue, own, all, named } = catalogueOf(names, options)
  refuseUnknown(options, all)
  const profile = options.profile === 'upgrade' ? options.profile : profileOf(target, read.profile)
  const allowedToDisrupt = target.kind === 'foreign' ? allowedIn(catalogue, options) : undefined
  const { guarantees, skipped, notRun } = selection({ ...options, ...(allowedToDisrupt && { allowedToDisrupt }), all, named, profile })
  if (guarantees.length === 0) {
    throw new UsageError('The filters exclude every guarantee.', {
      fix: `Relax them. Excluded: ${notRun.map(({ why, guarantees: n }) => `${n} ${why}`).join('; ')}.`,
    })
  }
  const file = options.knownFailures ?? read.knownFailures
  return {
    ...{
      settings: forCluster(read),
      catalogue,
      guarantees,
      skipped,
      notRun,
      retain: options.retain ?? false,
      keepFailed: options.keepFailed ?? false,
      grant: rbacCommand(names, options),
      chaos: options.chaos,
      knownFailures: file === undefined ? undefined : givenKnownFailures(file, { catalogue: all, selected: guarantees }),
      baseline: options.baseline ?? read.baseline,
      own,
      target,
    },
    profile: named === undefined ? profile : undefined,
  }
}

/** What is run when no guarantee is named: on a cluster that is there, all that such a cluster is for. */
function profileOf(target: RunPlan['target'], wanted: RunProfile | undefined): RunProfile {
  const kept = target.kind === 'kept' ? profileOfKept(target.name) : undefined
  return kept === 'velero' ? 'velero' : (wanted ?? usualProfile)
}

function refuseUnknown({ area = [], feature = [] }: SelectionFlags, all: readonly Guarantee[]): void {
  const areas = [...new Set(all.flatMap((guarantee) => provedEntries(guarantee).map(areaOf)))]
  const features = [...new Set<string>(all.flatMap(({ requires }) => requires))]
  const unknown = [
    ...area.map((name) => ({ flag: '--area', name, known: areas })),
    ...feature.map((name) => ({ flag: '--feature', name, known: features })),
  ].find(({ name, known }) => !known.includes(name))
  if (unknown === undefined) return
  const { flag, name, known } = unknown
  throw new UsageError(`Unknown ${flag} ${name}.${didYouMean(name, known)}`, {
    fix: `Choose from ${known.toSorted().join(', ')}.`,
  })
}

function readSettings({ config, profile, workers, kubernetes, assessor }: RunOptions): Settings {
  const settings = loadSettings({ root: workDirectory, path: config })
  const version = kubernetes ?? settings.kubernetes
  return {
    ...settings,
    ...(profile === undefined || profile === 'upgrade' ? {} : { profile }),
    ...(workers === undefined ? {} : { workers }),
    ...(assessor === undefined ? {} : { assessor }),
    ...(version === undefined ? {} : { kubernetes: requireRelease(version) }),
  }
}

function forCluster(read: Settings): ClusterSettings {
  const { knownFailures: _, baseline: _baseline, suites: _suites, profile, ...settings } = read
  const wanted = { ...settings, profile: clusterProfileOf(profile) }
  checkKubernetesSettings(wanted)
  return wanted
}

/** Settings from the file, with what flags say on top, for the cluster that they speak of. */
export function mergeSettings(options: RunOptions): ClusterSettings {
  return forCluster(readSettings(options))
}
