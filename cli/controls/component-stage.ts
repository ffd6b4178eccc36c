import { type ComponentMutant, isMutatedProgramBuilt, whyNoGo, whyNotCompiled } from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { type Budget, componentStage } from '../budget/budget.ts'
import { controlId } from '../budget/durations.ts'
import { componentMutantsOf, componentNoun, leastComponentMutants } from '../budget/parts.ts'
import type { LeftOut } from '../budget/sentences.ts'
import { type Outcome, stageOn } from '../budget/stages.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import type { RunDirectory } from '../run/run-directory.ts'
import { log } from '../shell/log.ts'
import { countKills, killTable } from './kill-table.ts'
import { programParts, runComponentControls, whyNotHere } from './run-component-controls.ts'

type Component = ComponentMutant['component']

/** What of this machine decides which components can have mutants, and what runs them. */
export interface ComponentMeans {
  /** Why none can, in half a sentence; undefined where nothing is in the way. */
  readonly whyNone: () => Promise<string | undefined>
  /** Why a component cannot, of a Kubernetes or the default one. */
  readonly whyNot: (component: Component, kubernetes: string | undefined) => Promise<string | undefined>
  readonly run: typeof runComponentControls
  /** Gets each line of the kill table. */
  readonly print: (line: string) => void
}

const means: ComponentMeans = {
  whyNone: whyNoGo,
  whyNot: async (component, kubernetes) => whyNotCompiled(programParts(component, kubernetes)),
  run: runComponentControls,
  print: log,
}

/** The mutants of components in one profile of `npm test`. */
export interface ComponentStage {
  readonly plan: RunPlan
  readonly run: RunDirectory
  readonly record: ClusterRecord
  /** Everything is run when undefined. */
  readonly budget: Pick<Budget, 'decide' | 'why'> | undefined
  readonly signal: AbortSignal
  /** Gets what does not run, and why. */
  readonly leaveOut: (one: LeftOut) => void
  readonly means?: ComponentMeans
}

/** Tells whether the program of a component is built already; undefined where this machine can build none. */
export async function builtComponents(kubernetes: string | undefined): Promise<((component: Component) => boolean) | undefined> {
  if ((await whyNoGo()) !== undefined) return undefined
  return (component) => isMutatedProgramBuilt(programParts(component, kubernetes))
}

/**
 * Runs the mutants of components that the cluster can put to the test, or those that there is time for. One that is noticed, or that
 * nothing can notice, has passed.
 */
export async function runComponentStage(stage: ComponentStage): Promise<Outcome | undefined> {
  const { plan, run, record, budget, signal, means: can = means } = stage
  const offered = componentMutantsOf(plan.guarantees).filter((mutant) => whyNotHere(mutant, { ...plan, record }) === undefined)
  if (offered.length === 0) return undefined
  const name = stageOn(plan.settings.profile, componentStage)
  const left = new LeftOutMutants()
  const whyNone = await can.whyNone()
  if (whyNone !== undefined) left.add(offered.map(idOf), { why: `left out: ${whyNone}`, lacks: true })
  const decided = whyNone === undefined ? budget?.decide(name, (id) => offered.some((mutant) => idOf(mutant) === id)) : undefined
  if (budget !== undefined) left.add(decided?.leftOut.map(({ id }) => id) ?? [], { why: budget.why })
  const ids = decided?.chosen.map(({ id }) => id) ?? offered.map(idOf)
  const wanted = ids.flatMap((id) => offered.filter((mutant) => idOf(mutant) === id && !left.has(id)))
  for (const [component, some] of Map.groupBy(wanted, (mutant) => mutant.component)) {
    const why = await can.whyNot(component, record.versions['kubernetes'])
    if (why !== undefined) left.add(some.map(idOf), { why: `left out: ${why}`, lacks: true })
  }
  const chosen = wanted.filter((mutant) => !left.has(idOf(mutant)))
  const time = decided && { seconds: decided.seconds, latest: decided.latest, least: leastComponentMutants }
  const { rows, leftOut, notBegun } =
    chosen.length === 0
      ? { rows: [], leftOut: [], notBegun: [] }
      : await can.run({ ...{ run, record, signal, chosen, budget: time }, ...plan })
  if (rows.length > 0) for (const line of killTable(rows)) can.print(line)
  for (const { control, why } of leftOut) left.add([control], { why: `left out: ${why.replace(/\.$/, '')}`, lacks: true })
  if (budget !== undefined) left.add(notBegun, { why: budget.why })
  const all = left.inGroups().map((group) => ({ ...group, stage: name, noun: componentNoun }))
  for (const one of all) stage.leaveOut(one)
  const reason = all.map(({ names, noun, why }) => `${names.length} ${noun} ${why}`).join('; ')
  return { ...countKills(rows), skipped: left.size, leftOut: reason === '' ? undefined : reason }
}

function idOf({ name, killedBy }: ComponentMutant): string {
  return controlId(name, killedBy)
}

type Reason = Pick<LeftOut, 'why' | 'lacks'>

/** What does not run, each with one reason. */
class LeftOutMutants {
  readonly #reasons = new Map<string, Reason>()

  get size(): number {
    return this.#reasons.size
  }

  has(id: string): boolean {
    return this.#reasons.has(id)
  }

  add(ids: readonly string[], reason: Reason): void {
    for (const id of ids) if (!this.has(id)) this.#reasons.set(id, reason)
  }

  inGroups(): readonly (Reason & { readonly names: readonly string[] })[] {
    const groups = Map.groupBy([...this.#reasons], ([, { why }]) => why)
    return [...groups.values()].map((some) => ({ ...(some[0]?.[1] ?? { why: '' }), names: some.map(([id]) => id) }))
  }
}
