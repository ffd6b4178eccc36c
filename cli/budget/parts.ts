import { type ComponentMutant, mutantsAlone, readComponentMutants } from '../../clusters/index.ts'
import type { Profile } from '../../clusters/images/plan.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import {
  componentMutantSeconds,
  componentSeconds,
  controlId,
  controlSeconds,
  type Durations,
  guaranteeSeconds,
  elsewhereSeconds,
} from './durations.ts'
import type { Part } from './plan.ts'
import { stageOn } from './stages.ts'
import type { Item } from './rotation.ts'

/** How many guarantees were under way at a time on the reference machine, on average, where nothing has to run alone, by profile. */
const atATime: Readonly<Record<Profile, number>> = { default: 5, velero: 3 }

/** How many controls were: each mutant waits for the one before. */
const controlsAtATime = 3

/** Seconds between two guarantees that run alone: the second one waits until all of the first one is gone. */
const betweenAlone = 10

/** Share of the time that the guarantees leave for the controls of each profile: that a check can fail is shown on a slow machine, too. */
const forControls = 0.1

/** How many controls of a profile are run in any case. */
export const leastControls = 2

/** The guarantees of a profile as a part of a run: at least one of each concept. */
export function conformancePart(profile: Profile, guarantees: readonly Guarantee[], { rank, durations }: PartOptions): Part {
  const items = guarantees.map((guarantee) => {
    const [alone, seconds] = [guarantee.disruptive === true, guaranteeSeconds(durations, guarantee)]
    return itemOf(guarantee, { id: guarantee.id, seconds: alone ? seconds + betweenAlone : seconds / atATime[profile], alone })
  })
  return { stage: stageOn(profile, 'conformance'), noun: 'guarantees', items, minimum: 'each concept', rank }
}

/** Every pair of a mutant and a guarantee that names it as a part of a run. */
export function controlsPart(profile: Profile, guarantees: readonly Guarantee[], { rank, durations }: PartOptions): Part {
  const items = guarantees.flatMap((guarantee) =>
    guarantee.mutants.map((mutant) => {
      const alone = guarantee.disruptive === true || mutantsAlone.has(mutant)
      const seconds = controlSeconds(durations, mutant, guarantee) / (alone ? 1 : controlsAtATime)
      return itemOf(guarantee, { id: controlId(mutant, guarantee.id), seconds, alone })
    }),
  )
  return { stage: stageOn(profile, 'controls'), noun: 'controls', items, minimum: leastControls, rank, reserved: forControls }
}

/** Share of the time that everything else leaves for the mutants of components, beyond their minimum. */
const forComponents = 0.05

/** Share of that time which their minimum may take: a build of minutes must not cost most of the guarantees. */
const forBuild = 0.5

/** How many mutants of a component are run, where any is. */
export const leastComponentMutants = 2

/** Components and mutants of them, in sentences. */
export const componentNoun = 'mutants of components'

/** Mutants of components whose guarantee is among these. */
export function componentMutantsOf(guarantees: readonly Guarantee[]): readonly ComponentMutant[] {
  const ids = new Set<string>(guarantees.map(({ id }) => id))
  return readComponentMutants().filter(({ killedBy }) => ids.has(killedBy))
}

/** Seconds of what is done once for all mutants of a component, by component. */
export function componentSetUp(
  components: ReadonlySet<ComponentMutant['component']>,
  { durations, isBuilt }: { readonly durations: Durations; readonly isBuilt: (component: ComponentMutant['component']) => boolean },
): ReadonlyMap<string, number> {
  return new Map([...components].map((name) => [name, componentSeconds(durations, name, { isBuilt: isBuilt(name) })]))
}

/**
 * The mutants of components whose guarantee a profile runs, as a part of a run: those of one component each day, which all profiles have in
 * common, so that one program is built at most.
 */
export function componentsPart(stage: string, guarantees: readonly Guarantee[], { rank, durations, setUp }: ComponentOptions): Part {
  const mutants = componentMutantsOf(guarantees)
  const items = guarantees.flatMap((guarantee) =>
    mutants
      .filter(({ killedBy }) => killedBy === guarantee.id)
      .map(({ name, component }) => {
        const id = controlId(name, guarantee.id)
        return { id, concept: component, seconds: componentMutantSeconds(durations, name, guarantee), alone: true }
      }),
  )
  return {
    ...{ stage, noun: componentNoun, items, setUp, rank },
    ...{ minimum: leastComponentMutants, isFirstToGo: true, atMost: forBuild, reserved: forComponents },
  }
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

interface ComponentOptions extends PartOptions {
  /** Seconds of what is done once for a component, for each that has a turn in the run. */
  readonly setUp: ReadonlyMap<string, number>
}

function itemOf({ id: guarantee }: Guarantee, { id, seconds, alone }: Required<Omit<Item, 'concept'>>): Item {
  const [concept = guarantee] = guarantee.split('/')
  return { id, concept, seconds, alone }
}
