import { join } from 'node:path'
import { setInterval } from 'node:timers/promises'
import {
  type ComponentMutant,
  ensureMutatedProgram,
  type MutatedProgram,
  type ProgramParts,
  readComponentMutants,
  type SwappedComponent,
  swapComponent,
} from '../../clusters/index.ts'
import { releaseOf } from '../../clusters/images/kubernetes-release.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { createMutantDirectory, endRunRecord, writeJson } from '../run/run-directory.ts'
import { runSuites } from '../run/run-suites.ts'
import { log } from '../shell/log.ts'
import { controlId } from '../budget/durations.ts'
import { type KillRow, killRow, outcomeOf } from './kill-table.ts'
import { supported } from './mutants-of.ts'
import type { ControlResult, Controls } from './run-controls.ts'
import { addRows } from './sensitivity-file.ts'

/** The unmodified suites against components with mutants compiled in. */
export interface ComponentControls extends Omit<Controls, 'mutants' | 'found' | 'budget'> {
  /** In the order in which they are begun; those of a component together. */
  readonly chosen: readonly ComponentMutant[]
  /** Time for them; all are run when absent. */
  readonly budget?: ComponentBudget | undefined
}

/** Time for mutants of components, from the start, builds included. */
export interface ComponentBudget {
  /** Seconds in which they are begun. */
  readonly seconds: number
  /** Minimum of them that are begun later, too. */
  readonly least: number
  /** Seconds after which none is begun whatever the minimum, and a build is given up; no limit when absent. */
  readonly latest?: number
}

/** A row for each mutant that ran, and those that did not. */
export interface ComponentResult extends ControlResult {
  /** Those that cannot run, each with its reason. */
  readonly leftOut: readonly LeftOutMutant[]
}

/** A mutant that cannot run, `<mutant> <guarantee>`. */
export interface LeftOutMutant {
  readonly control: string
  readonly why: string
}

type Component = ComponentMutant['component']

/**
 * Runs the guarantee of each chosen mutant while the component has it, one mutant at a time, and adds its row to `sensitivity.json` after
 * each. A component is swapped once for all its mutants, and put back before the next one.
 */
export async function runComponentControls(controls: ComponentControls): Promise<ComponentResult> {
  const { run, record, signal, chosen, budget } = controls
  const rows: KillRow[] = []
  const leftOut: LeftOutMutant[] = []
  const start = performance.now()
  const isTimeUp = () => budget !== undefined && isOver(budget, { begun: rows.length, seconds: (performance.now() - start) / 1000 })
  const limit = budget?.latest === undefined ? undefined : AbortSignal.timeout(Math.ceil(budget.latest * 1000))
  const possible = chosen.filter((mutant) => isPossible(mutant, controls))
  for (const [component, mutants] of Map.groupBy(possible, (mutant) => mutant.component)) {
    if (signal.aborted || isTimeUp()) break
    const program = await builtInTime(component, { record, signal, limit })
    const isIn = (mutant: ComponentMutant) => {
      const why = typeof program === 'string' ? program : program.leftOut.find((one) => one.mutant.name === mutant.name)?.why
      if (why !== undefined) leftOut.push({ control: controlId(mutant.name, mutant.killedBy), why })
      return why === undefined
    }
    const those = mutants.filter(isIn)
    if (typeof program === 'string' || isTimeUp()) continue
    await using swapped = await swapComponent({ record, component, program, log, signal })
    for (const mutant of those) {
      if (signal.aborted || isTimeUp()) break
      const row = await runControl(mutant, { controls, swapped })
      rows.push(row)
      addRows(run.path, [row])
    }
  }
  for (const { control, why } of leftOut) log(`Mutant ${control} is left out: ${why}`)
  const done = new Set([...rows.map(({ mutant, guarantee }) => controlId(mutant, guarantee)), ...leftOut.map(({ control }) => control)])
  const all = possible.map(({ name, killedBy }) => controlId(name, killedBy))
  return { rows, leftOut, notBegun: all.filter((control) => !done.has(control)) }
}

/** Whether no further mutant is begun. */
export function isOver(
  { seconds, least, latest = Infinity }: ComponentBudget,
  now: { readonly begun: number; readonly seconds: number },
): boolean {
  return now.seconds >= latest || (now.begun >= least && now.seconds >= seconds)
}

/** The program of a component, or why it was given up in a sentence. */
async function builtInTime(
  component: Component,
  { record, signal, limit }: { readonly record: ClusterRecord; readonly signal: AbortSignal; readonly limit: AbortSignal | undefined },
): Promise<MutatedProgram | string> {
  try {
    return await programOf(component, record, AbortSignal.any([signal, ...(limit === undefined ? [] : [limit])]))
  } catch (error) {
    if (signal.aborted || limit?.aborted !== true) throw error
    return `The build of ${component} was given up: the run would not have ended in time.`
  }
}

/** One binary for all mutants of a component, so that choosing another one costs no build. */
async function programOf(component: Component, record: ClusterRecord, signal: AbortSignal): Promise<MutatedProgram> {
  return ensureMutatedProgram({ ...programParts(component, record.versions['kubernetes']), log, signal })
}

/** What the program of a component with all its mutants is made of, for a Kubernetes or the default one. */
export function programParts(component: Component, kubernetes: string | undefined): ProgramParts {
  const mutants = readComponentMutants().filter((mutant) => mutant.component === component)
  return { component, release: releaseOf(kubernetes), mutants }
}

function isPossible(mutant: ComponentMutant, controls: Pick<ComponentControls, 'guarantees' | 'record'>): boolean {
  const why = whyNotHere(mutant, controls)
  if (why !== undefined) log(`Mutant ${mutant.name} is left out: ${why}.`)
  return why === undefined
}

/** Why a cluster says nothing of a mutant, in half a sentence; undefined where it does. */
export function whyNotHere(
  { component, killedBy }: Pick<ComponentMutant, 'component' | 'killedBy'>,
  { guarantees, record }: Pick<ComponentControls, 'guarantees' | 'record'>,
): string | undefined {
  if (!supported(guarantees, record).some(({ id }) => id === killedBy)) return `this cluster cannot put ${killedBy} to the test`
  if (record.subject !== undefined && /^csi-|^snapshot-/.test(component)) return `${component} came with the CSI driver that was installed`
  return undefined
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
  const times = await mostReached(async () => swapped.reached(name, since), {
    async during() {
      await runSuites({ directory, cluster: join(run.path, 'cluster.json'), catalogue, guarantees, signal, chaos })
      endRunRecord(directory)
    },
  })
  const effect = times === 0 ? '' : `${component} came to the place of the mutant, as it logged ${times} times`
  const row = { ...killRow({ mutant: name, guarantee: killedBy, directory, effect }), component, ...(equivalent && { equivalent }) }
  log(`  ${outcomeOf(row)}: ${row.verdict}${row.reason === '' ? '' : `, ${row.reason}`}`)
  return row
}

/** Milliseconds between two looks at what a component has logged. */
const betweenLooks = 5000

/**
 * How often a mutant was reached by the end of some work, asked for again and again meanwhile: a log goes with its Pod, and a guarantee may
 * delete the Pod that it crashed. Throws what the work throws, and what the last question throws; nobody is asked any more then.
 */
export async function mostReached(
  ask: () => Promise<number>,
  { during, every = betweenLooks }: { readonly during: () => Promise<void>; readonly every?: number },
): Promise<number> {
  const over = new AbortController()
  let most = 0
  const look = async () => {
    most = Math.max(most, await ask())
  }
  const looking = (async () => {
    for await (const _ of setInterval(every, undefined, { signal: over.signal })) await look().catch(() => undefined)
  })().catch(() => undefined)
  try {
    await during()
  } finally {
    over.abort()
    await looking
  }
  await look()
  return most
}
