import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { fileOfSuite, type SuiteEntry } from '../catalogue/guarantee-catalogue.ts'
import { ownSuitesValue, ownSuitesVariable } from '../own-suites/suites-variable.ts'
import { openChaos } from './chaos.ts'
import { sortSuites } from '../plan/sort-suites.ts'
import { runVitest } from './run-vitest.ts'

/** Suites to run against a cluster, and where their evidence goes. */
export interface SuiteRun {
  /** Directory that gets `evidence/`. */
  readonly directory: string
  /** Path of `cluster.json`. */
  readonly cluster: string
  readonly catalogue: readonly SuiteEntry[]
  readonly guarantees: readonly Guarantee[]
  readonly signal: AbortSignal
  /** How long interrupted suites have to clean up, in seconds; 10 when absent, for a cluster that is deleted anyway. */
  readonly graceSeconds?: number | undefined
  /** Seed of the chaos between the suites and the API server; none when absent. */
  readonly chaos?: number | undefined
  /** Whether the namespaces of guarantees that are not Passed stay; they go when absent. */
  readonly keepFailed?: boolean | undefined
  /** Further variables of the environment of the suites. */
  readonly environment?: Readonly<Record<string, string>>
  /** Whether all suites wait for each other: then all of them run at the same time, whatever memory that takes. */
  readonly together?: boolean
  /** Name of the file in the directory that gets the results of Vitest; `results.json` when absent. */
  readonly results?: string
  /** The mutant in force, and the classes that carry it where it is a fault of the driver. */
  readonly mutant?: {
    readonly name: string
    readonly storageClass?: string
    readonly snapshotClass?: string
    readonly groupSnapshotClass?: string
    readonly backupLocation?: string
  }
}

/** Every worker costs memory for its modules; eight keep Vitest below 500 MB. */
const workersAtMost = 8

/**
 * Runs the suites that state the guarantees, at the same time but for those that run alone. Returns Vitest's exit code, or null when a
 * signal ended it.
 */
export async function runSuites({
  directory,
  cluster,
  catalogue,
  guarantees,
  signal,
  graceSeconds,
  chaos,
  keepFailed = false,
  environment = {},
  together = false,
  results,
  mutant,
}: SuiteRun): Promise<number | null> {
  const wanted = new Set(guarantees.map(({ id }) => id))
  const suites = catalogue.filter((suite) => suite.guarantees.some(({ id }) => wanted.has(id)))
  const files = sortSuites(suites, wanted).map(fileOfSuite)
  const own = suites.flatMap(({ file }) => (file === undefined ? [] : [file]))
  await using proxy = chaos === undefined ? undefined : await openChaos({ seed: chaos, directory, cluster })
  return await runVitest({
    args: ['--project', 'conformance', '--maxWorkers', String(together ? files.length : Math.min(files.length, workersAtMost)), ...files],
    env: {
      MALLOC_ARENA_MAX: '2',
      HOLDFAST_RUN: directory,
      HOLDFAST_CLUSTER: proxy?.cluster ?? cluster,
      HOLDFAST_GUARANTEES: [...wanted].join(','),
      HOLDFAST_SUITES: files.join('\n'),
      ...(own.length > 0 && { [ownSuitesVariable]: ownSuitesValue(own) }),
      ...environment,
      ...(keepFailed && { HOLDFAST_KEEP_FAILED: '1' }),
      ...(results === undefined ? {} : { HOLDFAST_RESULTS: results }),
      ...(mutant === undefined ? {} : { HOLDFAST_MUTANT: mutant.name }),
      ...(mutant?.storageClass === undefined ? {} : { HOLDFAST_STORAGE_CLASS: mutant.storageClass }),
      ...(mutant?.snapshotClass === undefined ? {} : { HOLDFAST_SNAPSHOT_CLASS: mutant.snapshotClass }),
      ...(mutant?.backupLocation === undefined ? {} : { HOLDFAST_BACKUP_LOCATION: mutant.backupLocation }),
      ...(mutant?.groupSnapshotClass === undefined ? {} : { HOLDFAST_GROUP_SNAPSHOT_CLASS: mutant.groupSnapshotClass }),
    },
    signal,
    graceSeconds,
  })
}
