import type { Feature } from '../../contract/cluster-record.ts'
import { isOwnFeature } from '../../contract/feature.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { readCatalogue, selectGuarantees, type SuiteEntry } from '../catalogue/guarantee-catalogue.ts'
import { type OwnSuites, readOwnSuites } from '../own-suites/read-own-suites.ts'
import { projectRoot } from '../shell/project-root.ts'
import { loadSettings } from './config.ts'

/** Suites of one's own in a run. */
export interface PlannedOwnSuites extends OwnSuites {
  /** Whether the guarantees of Holdfast are part of the run, too: some of them were named. */
  readonly besideHoldfast: boolean
  /** Features of one's own that the cluster has, as the command line says. */
  readonly declared: readonly Feature[]
}

/** What the guarantees of a run are selected from. */
export interface RunCatalogue {
  /** Every suite that there is. */
  readonly catalogue: readonly SuiteEntry[]
  readonly own: PlannedOwnSuites | undefined
  /** Guarantees that a run is counted against: all, or only those of one's own. */
  readonly all: readonly Guarantee[]
  /** Guarantees that were named; with suites of one's own, all of these where none was. Undefined where the profile selects. */
  readonly named: readonly Guarantee[] | undefined
}

/** Reads the suites of Holdfast and those of one's own, and looks names up in both. Throws a `UsageError` for what makes no sense. */
export function catalogueOf(
  names: readonly string[],
  { suites = [], declare = [] }: { readonly suites?: readonly string[]; readonly declare?: readonly Feature[] },
): RunCatalogue {
  const ofHoldfast = readCatalogue(projectRoot)
  const named = (catalogue: readonly SuiteEntry[]) => (names.length === 0 ? undefined : selectGuarantees(catalogue, names))
  if (suites.length === 0) return { catalogue: ofHoldfast, own: undefined, all: selectGuarantees(ofHoldfast, []), named: named(ofHoldfast) }
  const read = readOwnSuites(suites, ofHoldfast)
  const catalogue = [...ofHoldfast, ...read.catalogue]
  const ofOnesOwn = selectGuarantees(read.catalogue, [])
  const chosen = named(catalogue) ?? ofOnesOwn
  const besideHoldfast = chosen.some((guarantee) => !ofOnesOwn.includes(guarantee))
  const all = besideHoldfast ? selectGuarantees(catalogue, []) : ofOnesOwn
  return { catalogue, own: { ...read, besideHoldfast, declared: declare.filter(isOwnFeature) }, all, named: chosen }
}

/** Options with the directories of suites that the settings name, where the command line names none. */
export function withSuitesOfSettings<Options extends { readonly suites?: readonly string[]; readonly config?: string }>(
  options: Options,
): Options {
  if (options.suites !== undefined) return options
  const { suites } = loadSettings({ root: projectRoot, path: options.config })
  return suites === undefined ? options : { ...options, suites }
}

/** Options without features of one's own: they say nothing of a driver, so they may be declared of any cluster. */
export function withoutOwnFeatures<Options extends { readonly declare?: readonly Feature[] }>(options: Options): Options {
  const { declare, ...rest } = options
  const others = declare?.filter((feature) => !isOwnFeature(feature)) ?? []
  return (others.length === 0 ? rest : { ...rest, declare: others }) as Options
}
