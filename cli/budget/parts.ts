import { mutantsAlone } from '../../clusters/index.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { controlId, controlSeconds, type Durations, guaranteeSeconds, elsewhereSeconds } from './durations.ts'
import type { Part } from './plan.ts'
import type { Item } from './rotation.ts'

/** How many guarantees or controls were under way at a time on the reference machine, on average, where nothing has to run alone. */
const atATime = 3

/** Share of the time that the guarantees leave for the controls of each profile: that a check can fail is shown on a slow machine, too. */
const forControls = 0.1

/** How many controls of a profile are run in any case. */
export const leastControls = 2

/** The guarantees of a profile as a part of a run: at least one of each concept. */
export function conformancePart(stage: string, guarantees: readonly Guarantee[], { rank, durations }: PartOptions): Part {
  const items = guarantees.map((guarantee) =>
    itemOf(guarantee, { id: guarantee.id, seconds: guaranteeSeconds(durations, guarantee), alone: guarantee.disruptive === true }),
  )
  return { stage, noun: 'guarantees', items, minimum: 'each concept', rank }
}

/** Every pair of a mutant and a guarantee that names it as a part of a run. */
export function controlsPart(stage: string, guarantees: readonly Guarantee[], { rank, durations }: PartOptions): Part {
  const items = guarantees.flatMap((guarantee) =>
    guarantee.mutants.map((mutant) =>
      itemOf(guarantee, {
        id: controlId(mutant, guarantee.id),
        seconds: controlSeconds(durations, mutant, guarantee),
        alone: guarantee.disruptive === true || mutantsAlone.has(mutant),
      }),
    ),
  )
  return { stage, noun: 'controls', items, minimum: leastControls, rank, reserved: forControls }
}

/** What is tried on clusters of its own as a part of a run: one each day, and more where everything else is whole. */
export function elsewherePart(stage: string, ids: readonly string[], { rank, durations }: PartOptions): Part {
  const items = ids.map((id) => ({ id, concept: id, seconds: elsewhereSeconds(durations, id), alone: true }))
  return { stage, noun: 'strangers and pages', items, minimum: 1, isFirstToGo: true, rank }
}

interface PartOptions {
  readonly rank: number
  readonly durations: Durations
}

function itemOf({ id: guarantee }: Guarantee, { id, seconds, alone }: Required<Omit<Item, 'concept'>>): Item {
  const [concept = guarantee] = guarantee.split('/')
  return { id, concept, seconds: alone ? seconds : seconds / atATime, alone }
}
