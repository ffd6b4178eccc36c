import { join } from 'node:path'
import {
  type ComponentMutant,
  ensureMutatedProgram,
  type MutatedProgram,
  readComponentMutants,
  type SwappedComponent,
  swapComponent,
} from '../../clusters/index.ts'
import { releaseOf } from '../../clusters/images/kubernetes-release.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { createMutantDirectory, endRunRecord, writeJson } from '../run/run-directory.ts'
import { runSuites } from '../run/run-suites.ts'
import { log } from '../shell/log.ts'
import { shuffled, today } from './control-units.ts'
import { type KillRow, killRow, type Sensitivity } from './kill-table.ts'
import { supported } from './mutants-of.ts'
import type { ControlResult, Controls } from './run-controls.ts'

/** The unmodified suites against components with mutants compiled in. */
export interface ComponentControls extends Omit<Controls, 'mutants' | 'budget'> {
  readonly chosen: readonly ComponentMutant[]
  /** Minutes in which controls are begun; all are run when absent. */
  readonly minutes?: number | undefined
}

type Component = ComponentMutant['component']

/**
 * Runs the guarantee of each chosen mutant while the component has it, one mutant at a time, and writes `sensitivity.json` after each. A
 * component is swapped once for all its mutants, and put back before the next one.
 */
export async function runComponentControls(controls: ComponentControls): Promise<ControlResult> {
  const { run, record, signal, chosen, minutes } = controls
  const rows: KillRow[] = []
  const start = performance.now()
  const isTimeUp = () => minutes !== undefined && rows.length > 0 && performance.now() - start >= minutes * 60_000
  const possible = chosen.filter((mutant) => isPossible(mutant, controls))
  const units = possible.map((of) => ({ of, mutant: of.name, guarantees: controls.guarantees.filter(({ id }) => id === of.killedBy) }))
  const inOrder = (minutes === undefined ? units : shuffled(units, today)).map(({ of }) => of)
  for (const [component, mutants] of Map.groupBy(inOrder, (mutant) => mutant.component)) {
    if (signal.aborted || isTimeUp()) break
    const program = await programOf(component, record)
    await using swapped = await swapComponent({ record, component, program, log, signal })
    for (const mutant of mutants.filter((each) => isIn(program, each))) {
      if (signal.aborted || isTimeUp()) break
      rows.push(await runControl(mutant, { controls, swapped }))
      writeJson(join(run.path, 'sensitivity.json'), { schemaVersion: 1, rows } satisfies Sensitivity)
    }
  }
  const done = new Set(rows.map(({ mutant }) => mutant))
  return { rows, notBegun: possible.filter(({ name }) => !done.has(name)).map(({ name, killedBy }) => `${name} ${killedBy}`) }
}

/** One binary for all mutants of a component, so that choosing another one costs no build. */
async function programOf(component: Component, { versions }: ClusterRecord): Promise<MutatedProgram> {
  const mutants = readComponentMutants().filter((mutant) => mutant.component === component)
  return ensureMutatedProgram({ component, release: releaseOf(versions['kubernetes']), mutants, log })
}

function isPossible({ name, component, killedBy }: ComponentMutant, { guarantees, record }: ComponentControls): boolean {
  const isJudged = supported(guarantees, record).some(({ id }) => id === killedBy)
  const isOurs = record.subject === undefined || !/^csi-|^snapshot-/.test(component)
  if (!isJudged) log(`Mutant ${name} is left out: this cluster cannot put ${killedBy} to the test.`)
  else if (!isOurs) log(`Mutant ${name} is left out: ${component} came with the CSI driver that was installed.`)
  return isJudged && isOurs
}

function isIn({ leftOut }: MutatedProgram, { name }: ComponentMutant): boolean {
  const why = leftOut.find(({ mutant }) => mutant.name === name)?.why
  if (why !== undefined) log(`Mutant ${name} is left out: ${why}`)
  return why === undefined
}

/** Why a mutant is not in force, where the component does not get going with it; undefined when it is. */
async function whyNotInForce(
  swapped: SwappedComponent,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
): Promise<string | undefined> {
  try {
    await swapped.choose(name)
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    log(`  ALIVE: ${why}`)
    return why
  }
}

async function runControl(
  { name, component, killedBy, description, equivalent }: ComponentMutant,
  { controls, swapped }: { readonly controls: ComponentControls; readonly swapped: SwappedComponent },
): Promise<KillRow> {
  const { run, record, catalogue, signal, chaos } = controls
  const guarantees = controls.guarantees.filter(({ id }) => id === killedBy)
  const directory = createMutantDirectory(run, { mutant: name, guarantees })
  writeJson(join(directory, 'cluster.json'), record)
  log(`Control ${name}: ${description} ${killedBy} must come out Failed.`)
  const why = await whyNotInForce(swapped, { name, signal })
  if (why !== undefined)
    return { mutant: name, component, guarantee: killedBy, verdict: 'none', reason: why, effect: '', killedBy: '', killed: false }
  const since = new Date()
  await runSuites({ directory, cluster: join(run.path, 'cluster.json'), catalogue, guarantees, signal, chaos })
  endRunRecord(directory)
  const times = await swapped.reached(name, since)
  const effect = times === 0 ? '' : `${component} came to the place of the mutant, as it logged ${times} times`
  const row = { ...killRow({ mutant: name, guarantee: killedBy, directory, effect }), component, ...(equivalent && { equivalent }) }
  log(`  ${row.killed ? 'killed' : 'ALIVE'}: ${row.verdict}${row.reason === '' ? '' : `, ${row.reason}`}`)
  return row
}
