import { createHash } from 'node:crypto'
import { type MutantName, mutantsAlone } from '../../clusters/index.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { controlId } from '../budget/durations.ts'
import { leastControls } from '../budget/parts.ts'
import { type Item, secondsOf } from '../budget/rotation.ts'

/** Guarantees that are run under one mutant at the same time, and what they need of the cluster together. */
export interface ControlUnit extends Pick<Guarantee, 'disruptive' | 'holds'> {
  readonly mutant: MutantName
  readonly guarantees: readonly Guarantee[]
}

/** Time for a part of the controls, and which they are. */
export interface ControlBudget {
  /** Seconds in which controls are begun. */
  readonly seconds: number
  /** Minimum of guarantees that run under a mutant, whatever the time. */
  readonly least: number
  /** Share of the time for units that run in parallel; the rest is for those that run alone. */
  readonly parallelShare: number
  /** Controls that may be run, `<mutant> <guarantee>` each; every one when absent. */
  readonly pairs?: ReadonlySet<string>
  /** The same units in the order in which they are begun. */
  order(units: readonly ControlUnit[]): readonly ControlUnit[]
}

/** Share of the time for units that run in parallel, when all controls are run. */
const usualParallelShare = 0.75

/** The day on which this process started: what comes later in it does not begin another part at midnight. */
export const today = new Date().toISOString().slice(0, 10)

/** Time for a part of the controls: another part each day, the same one the whole day. */
export function controlBudget(minutes: number): ControlBudget {
  return { seconds: minutes * 60, least: 1, parallelShare: usualParallelShare, order: (units) => shuffled(units, today) }
}

/** Time for planned controls, in the order in which they are begun. */
export function plannedControls({ chosen, seconds }: { readonly chosen: readonly Item[]; readonly seconds: number }): ControlBudget {
  const pairs = chosen.map(({ id }) => id)
  const place = ({ mutant, guarantees }: ControlUnit) => Math.min(...guarantees.map(({ id }) => pairs.indexOf(controlId(mutant, id))))
  const parallelShare = secondsOf(chosen.filter(({ alone }) => alone !== true)) / (secondsOf(chosen) || 1)
  return {
    seconds,
    parallelShare,
    pairs: new Set(pairs),
    least: leastControls,
    order: (units) => units.toSorted((a, b) => place(a) - place(b)),
  }
}

/** Units of mutants and the guarantees that must fail under them. A guarantee that needs an exclusive resource is a unit of its own. */
export function unitsOf(wanted: readonly (readonly [mutant: MutantName, guarantees: readonly Guarantee[]])[]): readonly ControlUnit[] {
  return wanted.flatMap(([mutant, guarantees]): readonly ControlUnit[] => {
    if (mutantsAlone.has(mutant)) return [{ mutant, guarantees, disruptive: true }]
    const exclusive = guarantees.filter(({ disruptive = false, holds = [] }) => disruptive || holds.length > 0)
    const parallel = guarantees.filter((guarantee) => !exclusive.includes(guarantee))
    const alone = exclusive.map((guarantee) => ({ mutant, guarantees: [guarantee], ...exclusiveNeedsOf(guarantee) }))
    return [...(parallel.length === 0 ? [] : [{ mutant, guarantees: parallel }]), ...alone]
  })
}

/** File that gets the results of a unit: several units share the directory of their mutant. */
export function resultsOf({ guarantees }: Pick<ControlUnit, 'guarantees'>): string {
  return `results-${guarantees[0]?.id.replaceAll('/', '.') ?? 'none'}.json`
}

/** The same units, those first that have most to do: one guarantee after the other is put to the test under a mutant. */
export function longestFirst(units: readonly ControlUnit[]): readonly ControlUnit[] {
  const size = ({ guarantees }: ControlUnit) => guarantees.length + 2 * guarantees.filter(({ pace }) => pace === 'slow').length
  return units.toSorted((one, other) => size(other) - size(one))
}

/** The same units in an order that the seed decides, so that whoever has time for a part of them sees another part with another seed. */
export function shuffled<Unit extends Pick<ControlUnit, 'guarantees'> & { readonly mutant: string }>(
  units: readonly Unit[],
  seed: string,
): readonly Unit[] {
  const place = ({ mutant, guarantees }: Unit) =>
    createHash('sha256')
      .update([seed, mutant, ...guarantees.map(({ id }) => id)].join(' '))
      .digest('hex')
  return units.toSorted((one, other) => place(one).localeCompare(place(other)))
}

function exclusiveNeedsOf({ disruptive, holds }: Guarantee): Pick<Guarantee, 'disruptive' | 'holds'> {
  return { ...(disruptive && { disruptive }), ...(holds && { holds }) }
}
