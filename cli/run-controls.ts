import { join } from 'node:path'
import { installMutants, mutantsAlone, removeMutants } from '../clusters/index.ts'
import type { ClusterRecord } from '../clusters/record.ts'
import type { SuiteEntry } from './guarantee-catalogue.ts'
import type { Guarantee } from '../harness/guarantee.ts'
import { type KillRow, killRow, type Sensitivity } from './kill-table.ts'
import { type MutantsEach, mutantsOf, supported } from './mutants-of.ts'
import { createMutantDirectory, endRunRecord, type RunDirectory, writeJson } from './run-directory.ts'
import { runSuites } from './run-suites.ts'
import { say } from './say.ts'

/** The unmodified suites against broken clusters. */
export interface Controls {
  readonly run: RunDirectory
  readonly record: ClusterRecord
  readonly catalogue: readonly SuiteEntry[]
  readonly guarantees: readonly Guarantee[]
  /** Mutants to run; every one that a guarantee names when absent. */
  readonly mutants?: readonly string[]
  /** How many of the mutants that a guarantee names it has to fail under; every one when absent. */
  readonly each?: MutantsEach
  readonly signal: AbortSignal
}

/** Suites wait far more than they compute, and nearly every mutant breaks only the namespaces of its own suites. */
const atTheSameTime = 3

/** Runs every guarantee under each mutant it names, a few mutants at a time, and writes `sensitivity.json`. */
export async function runControls(controls: Controls): Promise<readonly KillRow[]> {
  const { run, record, signal } = controls
  const guaranteesHere = supported(controls.guarantees, record.features)
  const wanted = [...mutantsOf(guaranteesHere, controls.each)].filter(([name]) => controls.mutants?.includes(name) ?? true)
  const found = new Map<string, readonly KillRow[]>()
  const [alone, beside] = runsAlone(wanted)
  const lane = async (waiting: Iterable<(typeof wanted)[number]>): Promise<void> => {
    for (const [mutant, guarantees] of waiting) {
      if (signal.aborted) return
      found.set(mutant, await runMutant({ controls, mutant, guarantees }))
    }
  }
  const names = wanted.map(([name]) => name)
  await installMutants(record, names)
  try {
    const lanes = await Promise.allSettled(Array.from({ length: atTheSameTime }, async () => lane(beside)))
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
    await lane(alone)
  } finally {
    await removeMutants(record, names)
  }
  const rows = wanted.flatMap(([mutant]) => found.get(mutant) ?? [])
  writeJson(join(run.path, 'sensitivity.json'), { schemaVersion: 1, rows } satisfies Sensitivity)
  return rows
}

/** Mutants that are run with nothing beside them, and the others: a disruptive guarantee has the cluster for itself under a mutant too. */
export function runsAlone<Wanted extends readonly [mutant: string, guarantees: readonly Pick<Guarantee, 'disruptive'>[]]>(
  wanted: readonly Wanted[],
): readonly [alone: IterableIterator<Wanted>, beside: IterableIterator<Wanted>] {
  const isAlone = ([mutant, guarantees]: Wanted) => mutantsAlone.has(mutant) || guarantees.some(({ disruptive }) => disruptive)
  return [wanted.filter(isAlone).values(), wanted.filter((one) => !isAlone(one)).values()]
}

interface MutantRun {
  readonly controls: Controls
  readonly mutant: string
  readonly guarantees: readonly Guarantee[]
}

async function runMutant({ controls, mutant, guarantees }: MutantRun): Promise<readonly KillRow[]> {
  const { run, record, catalogue, signal } = controls
  say(`Control ${mutant}: ${guarantees.map(({ id }) => id).join(', ')} must come out Failed.`)
  const directory = createMutantDirectory(run, { mutant, guarantees })
  writeJson(join(directory, 'cluster.json'), record)
  const storageClass = record.faultyStorageClasses[mutant]
  const snapshotClass = record.faultySnapshotClasses[mutant]
  const groupSnapshotClass = record.faultyGroupSnapshotClasses[mutant]
  const backupLocation = record.velero?.faultyLocations[mutant]
  await runSuites({
    directory,
    cluster: join(run.path, 'cluster.json'),
    catalogue,
    guarantees,
    signal,
    mutant: {
      name: mutant,
      ...(storageClass === undefined ? {} : { storageClass }),
      ...(snapshotClass === undefined ? {} : { snapshotClass }),
      ...(groupSnapshotClass === undefined ? {} : { groupSnapshotClass }),
      ...(backupLocation === undefined ? {} : { backupLocation }),
    },
  })
  endRunRecord(directory)
  return guarantees.map(({ id }) => killRow({ mutant, guarantee: id, directory }))
}
