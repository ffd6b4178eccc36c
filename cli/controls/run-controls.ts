import { join } from 'node:path'
import { withMutants } from '../../clusters/index.ts'
import type { MutantName } from '../../clusters/mutants/catalogue.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { SuiteEntry } from '../catalogue/guarantee-catalogue.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { withExclusiveResources } from '../../harness/engine/schedule/exclusive-resources.ts'
import { type KillRow, killRow } from './kill-table.ts'
import { mutantsOf, supported, whyNoMutant } from './mutants-of.ts'
import { controlId } from '../budget/durations.ts'
import { type ControlBudget, type ControlUnit, longestFirst, resultsOf, unitsOf } from './control-units.ts'
import { createMutantDirectory, endRunRecord, mutantDirectory, type RunDirectory, writeJson } from '../run/run-directory.ts'
import { addRows } from './sensitivity-file.ts'
import { runSuites, type SuiteRun } from '../run/run-suites.ts'
import { log } from '../shell/log.ts'

/** The unmodified suites against broken clusters. */
export interface Controls {
  readonly run: RunDirectory
  readonly record: ClusterRecord
  readonly catalogue: readonly SuiteEntry[]
  readonly guarantees: readonly Guarantee[]
  /** Mutants to run; every one that a guarantee names when absent. */
  readonly mutants?: readonly string[]
  /** Gets what was left behind on the cluster, a sentence with the fix each. */
  readonly found: (finding: string) => void
  /** Time, selection and order of the controls; when absent, all are run, the longest first. */
  readonly budget?: ControlBudget
  readonly signal: AbortSignal
  /** Seed of the chaos between the suites and the API server; none when absent. */
  readonly chaos?: number | undefined
}

/** A row for each control that ran, and the controls that did not begin. */
export interface ControlResult {
  readonly rows: readonly KillRow[]
  /** Controls that there was no time for, `<mutant> <guarantee>` each. */
  readonly notBegun: readonly string[]
}

/** Suites wait far more than they compute, and nearly every mutant breaks only the namespaces of its own suites. */
const mutantsAtOnce = 3

/**
 * Runs every guarantee under each mutant it names, a few mutants at a time, and adds the rows to `sensitivity.json`. Each mutant has
 * processes of its own, so exclusive resources are taken here.
 */
export async function runControls(controls: Controls): Promise<ControlResult> {
  const { run, record, signal, budget } = controls
  const guaranteesHere = supported(controls.guarantees, record)
  const wanted = [...mutantsOf(guaranteesHere)]
    .filter(([name]) => controls.mutants?.includes(name) ?? true)
    .filter(([name]) => isPossible(name, record))
    .map(([name, all]) => [name, all.filter(({ id }) => budget?.pairs?.has(controlId(name, id)) ?? true)] as const)
    .filter(([, guarantees]) => guarantees.length > 0)
  const units = budget === undefined ? longestFirst(unitsOf(wanted)) : budget.order(unitsOf(wanted))
  const rows: KillRow[] = []
  let begun = 0
  let start = performance.now()
  const isTimeUp = (share: number) =>
    budget !== undefined && begun >= budget.least && performance.now() - start >= share * budget.seconds * 1000
  const runQueue = async (waiting: Iterable<ControlUnit>, share: number): Promise<void> => {
    for (const unit of waiting) {
      if (signal.aborted || isTimeUp(share)) return
      begun += unit.guarantees.length
      await withExclusiveResources(unit, async () => void rows.push(...(await runUnit({ controls, unit }))))
    }
  }
  for (const [mutant, guarantees] of wanted) writeJson(join(createMutantDirectory(run, { mutant, guarantees }), 'cluster.json'), record)
  const names = wanted.map(([name]) => name)
  await withMutants(record, { names, found: controls.found }, async () => {
    start = performance.now()
    const parallel = units.filter(({ disruptive }) => disruptive !== true).values()
    const queues = await Promise.allSettled(
      Array.from({ length: mutantsAtOnce }, async () => runQueue(parallel, budget?.parallelShare ?? 1)),
    )
    for (const ended of queues) if (ended.status === 'rejected') throw ended.reason
    await runQueue(
      units.filter(({ disruptive }) => disruptive === true),
      1,
    )
  })
  const inOrder = names.flatMap((name) => rows.filter(({ mutant }) => mutant === name))
  addRows(run.path, inOrder)
  const done = new Set(inOrder.map(({ mutant, guarantee }) => controlId(mutant, guarantee)))
  const all = wanted.flatMap(([mutant, guarantees]) => guarantees.map(({ id }) => controlId(mutant, id)))
  return { rows: inOrder, notBegun: all.filter((pair) => !done.has(pair)) }
}

function isPossible(name: MutantName, record: ClusterRecord): boolean {
  const why = whyNoMutant(name, record)
  if (why !== undefined) log(`Mutant ${name} is left out: ${why}.`)
  return why === undefined
}

interface UnitRun {
  readonly controls: Controls
  readonly unit: ControlUnit
}

async function runUnit({ controls, unit }: UnitRun): Promise<readonly KillRow[]> {
  const { mutant, guarantees } = unit
  const { run, record, catalogue, signal, chaos } = controls
  log(`Control ${mutant}: ${guarantees.map(({ id }) => id).join(', ')} must come out Failed.`)
  const directory = mutantDirectory(run, mutant)
  await runSuites({
    directory,
    cluster: join(run.path, 'cluster.json'),
    catalogue,
    guarantees,
    signal,
    chaos,
    results: resultsOf(unit),
    mutant: inForce(mutant, record),
  })
  endRunRecord(directory)
  return guarantees.map(({ id }) => killRow({ mutant, guarantee: id, directory }))
}

/** A mutant as suites get it: its name, and the classes and the BackupStorageLocation that carry it on a cluster. */
export function inForce(mutant: string, record: ClusterRecord): NonNullable<SuiteRun['mutant']> {
  const storageClass = record.faultyStorageClasses[mutant]
  const snapshotClass = record.faultySnapshotClasses[mutant]
  const groupSnapshotClass = record.faultyGroupSnapshotClasses[mutant]
  const backupLocation = record.velero?.faultyLocations[mutant]
  return {
    name: mutant,
    ...(storageClass === undefined ? {} : { storageClass }),
    ...(snapshotClass === undefined ? {} : { snapshotClass }),
    ...(groupSnapshotClass === undefined ? {} : { groupSnapshotClass }),
    ...(backupLocation === undefined ? {} : { backupLocation }),
  }
}
