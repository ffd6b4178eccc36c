import { join } from 'node:path'
import { installMutants, removeMutants } from '../clusters/index.ts'
import type { ClusterRecord } from '../clusters/record.ts'
import type { SuiteEntry } from './guarantee-catalogue.ts'
import type { Guarantee } from '../harness/guarantee.ts'
import { type KillRow, killRow, type Sensitivity } from './kill-table.ts'
import { mutantsOf } from './mutants-of.ts'
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
  readonly signal: AbortSignal
}

/** Runs every guarantee under each mutant it names, one mutant after the other, and writes `sensitivity.json`. */
export async function runControls(controls: Controls): Promise<readonly KillRow[]> {
  const { run, record, signal } = controls
  const wanted = [...mutantsOf(controls.guarantees)].filter(([name]) => controls.mutants?.includes(name) ?? true)
  const rows: KillRow[] = []
  await installMutants(record)
  try {
    for (const [mutant, guarantees] of wanted) {
      if (signal.aborted) break
      rows.push(...(await runMutant({ controls, mutant, guarantees })))
    }
  } finally {
    await removeMutants(record)
  }
  writeJson(join(run.path, 'sensitivity.json'), { schemaVersion: 1, rows } satisfies Sensitivity)
  return rows
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
    },
  })
  endRunRecord(directory)
  return guarantees.map(({ id }) => killRow({ mutant, guarantee: id, directory }))
}
