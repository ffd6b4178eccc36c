import { mutantsAlone } from '../clusters/index.ts'
import type { Guarantee } from '../harness/guarantee.ts'

/** Guarantees that are run under one mutant at the same time, and what they need of the cluster together. */
export interface ControlUnit extends Pick<Guarantee, 'disruptive' | 'holds'> {
  readonly mutant: string
  readonly guarantees: readonly Guarantee[]
}

/** Mutants with the guarantees that must fail under them, apart for those that need a lane. Those that run alone come last. */
export function unitsOf(wanted: readonly (readonly [mutant: string, guarantees: readonly Guarantee[]])[]): readonly ControlUnit[] {
  const units = wanted.flatMap(([mutant, guarantees]): readonly ControlUnit[] => {
    if (mutantsAlone.has(mutant)) return [{ mutant, guarantees, disruptive: true }]
    const inLanes = guarantees.filter(({ disruptive = false, holds = [] }) => disruptive || holds.length > 0)
    const beside = guarantees.filter((guarantee) => !inLanes.includes(guarantee))
    const alone = inLanes.map((guarantee) => ({ mutant, guarantees: [guarantee], ...lanesOf(guarantee) }))
    return [...(beside.length === 0 ? [] : [{ mutant, guarantees: beside }]), ...alone]
  })
  return units.toSorted((one, other) => Number(one.disruptive ?? false) - Number(other.disruptive ?? false))
}

function lanesOf({ disruptive, holds }: Guarantee): Pick<Guarantee, 'disruptive' | 'holds'> {
  return { ...(disruptive && { disruptive }), ...(holds && { holds }) }
}
