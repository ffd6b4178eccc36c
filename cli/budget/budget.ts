import { counted } from '../../contract/counted.ts'
import { stageOn, type Stages } from './stages.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { type Durations, stageSeconds } from './durations.ts'
import type { ComponentMutant } from '../../clusters/index.ts'
import { componentMutantsOf, componentSetUp, componentsPart, conformancePart, controlsPart, elsewherePart } from './parts.ts'
import { leastSeconds, makePlan, type Part, type Plan, type PlannedPart } from './plan.ts'
import { dayOf } from './rotation.ts'
import { slownessOf, type Timed } from './slowness.ts'
import { planLines, tooShortLine } from './sentences.ts'

/** What a budget starts with. */
export interface BudgetInput {
  readonly minutes: number
  readonly profiles: readonly Pick<RunPlan, 'settings' | 'guarantees'>[]
  /** Ids of what is tried on clusters of its own, after the profiles. */
  readonly elsewhere: readonly string[]
  /** Tells whether the program of a component with its mutants is built already; undefined where no mutant of a component can run. */
  readonly isBuilt?: ((component: ComponentMutant['component']) => boolean) | undefined
  /** The stages of this run, of which those that are done show how fast the machine really is. */
  readonly stages: Pick<Stages, 'done'>
  readonly durations: Durations
  /** How many times as long as the reference machine this one took for the probe. */
  readonly probed: number
  readonly now: Date
  /** Seconds since the start of the run. */
  readonly elapsed: () => number
  readonly log: (line: string) => void
}

/** What a stage may do in its time. */
export interface Decision extends PlannedPart {
  /** Seconds that it takes on this machine as far as one can know. */
  readonly seconds: number
  /** Seconds that it may take at most: after them, not even the minimum of what comes later ends in time. */
  readonly latest: number
  /** How much is left out, and why; undefined when nothing is. */
  readonly reason: string | undefined
}

/** The time of a run, and what is done in it. */
export interface Budget {
  /** Why something was left out, for a report: `left out by the budget of 60 minutes on 2026-11-28`. */
  readonly why: string
  /**
   * Notes that engine and images are there after so many seconds. Building them may lengthen the run by a sixth, and no more. From then on
   * each stage does its minimum, unless there is no time for the minimums of all.
   */
  imagesReady(seconds: number): void
  /**
   * Plans the rest of the run anew, and returns what the stage that comes next does. `supported` leaves items out that the cluster cannot
   * run.
   */
  decide(stage: string, supported?: (id: string) => boolean): Decision
}

/** Share of the budget that is planned for: what is planned takes a little longer now and then. */
const planned = 0.95

/** Share of the budget by which the building of images may lengthen a run. */
const forImages = 1 / 6

/** Seconds on the reference machine that a stage with parts takes before its first part: Vitest starts, mutants are installed. */
const beforeParts = 20

/** Name of the stage of mutants of components, on the cluster of each profile. */
export const componentStage = 'component mutants'

/** Name of the stage of what is tried on clusters of its own: storage that Holdfast did not set up, and pages of documentation. */
export const elsewhereStage = 'elsewhere'

const ofTheRun = ['unit tests', 'driver', 'csi-sanity'] as const
const ofEachProfile = ['cluster up', 'cluster down', 'report', 'recheck', 'digests', 'nothing left'] as const

/** Names of the stages that are always whole. What the first one takes, with its images, says nothing of the next run. */
export function stagesWithoutParts(profiles: readonly Pick<RunPlan, 'settings'>[]): readonly string[] {
  return [...ofTheRun, ...profiles.flatMap(({ settings }) => ofEachProfile.map((name) => stageOn(settings.profile, name)))]
}

/** Starts the budget of a run and prints the first plan. */
export function startBudget(input: BudgetInput): Budget {
  const { minutes, profiles, elsewhere, stages, durations, now, log, isBuilt } = input
  const day = dayOf(now)
  const why = `left out by the budget of ${minutes} minutes on ${now.toISOString().slice(0, 10)}`
  const fixed = stagesWithoutParts(profiles)
  const referenceSeconds = new Map<string, number>(fixed.map((name) => [name, stageSeconds(durations, name)]))
  const components = new Set(componentMutantsOf(profiles.flatMap(({ guarantees }) => guarantees)).map(({ component }) => component))
  /** What profiles before have mutants of is built by then. */
  const setUpAfter = (before: typeof profiles) => {
    const builtBefore = componentMutantsOf(before.flatMap(({ guarantees }) => guarantees))
    const isThere = (name: ComponentMutant['component']) =>
      builtBefore.some(({ component }) => component === name) || isBuilt?.(name) === true
    return componentSetUp(components, { durations, isBuilt: isThere })
  }
  let secondsForAll = minutes * 60 * planned
  let parts: readonly Part[] = [
    ...profiles.flatMap(({ settings, guarantees }, place) => [
      // All profiles share one rank: none waits for weeks while another is whole each day.
      conformancePart(settings.profile, guarantees, { rank: 0, durations }),
      controlsPart(settings.profile, guarantees, { rank: 1, durations }),
      ...(isBuilt === undefined
        ? []
        : [
            componentsPart(stageOn(settings.profile, componentStage), guarantees, {
              rank: 3,
              durations,
              setUp: setUpAfter(profiles.slice(0, place)),
            }),
          ]),
    ]),
    ...(elsewhere.length === 0 ? [] : [elsewherePart(elsewhereStage, elsewhere, { rank: 2, durations })]),
  ]

  let spentBeyondLeast = 0
  const situation = () => {
    const isDone = (name: string) => stages.done.some((stage) => stage.name === name)
    const timed = stages.done.map((stage): Timed => ({ ...stage, referenceSeconds: referenceSeconds.get(stage.name) }))
    const slowness = slownessOf(input.probed, timed)
    const waiting = fixed.filter((name) => !isDone(name)).map((name) => referenceSeconds.get(name) ?? 0)
    const fixedSeconds = waiting.reduce((sum, one) => sum + one, 0) + parts.length * beforeParts
    return { fixedSeconds, secondsLeft: secondsForAll - input.elapsed(), slowness, day, spentBeyondLeast }
  }
  const plan = (): Plan & { readonly slowness: number } => {
    const moment = situation()
    return { ...makePlan({ parts, ...moment }), slowness: moment.slowness }
  }
  const latest = (): number => {
    const { secondsLeft, slowness, ...moment } = situation()
    const staying = parts.filter(({ isFirstToGo }) => isFirstToGo !== true)
    return Math.max(0, secondsLeft - leastSeconds({ parts: staying, ...moment }) * slowness)
  }
  const print = (made: Plan & { readonly slowness: number }) => {
    for (const line of planLines({ plan: made, minutes, elapsed: input.elapsed() })) log(line)
  }

  const first = plan()
  print(first)
  if (first.isTooShort) log(tooShortLine(minutes, first))
  return {
    why,
    imagesReady(seconds) {
      secondsForAll += Math.min(seconds, minutes * 60 * forImages)
      const { parts: made } = plan()
      const isGoing = (part: Part) => made.some(({ stage, chosen }) => stage === part.stage && chosen.length === 0)
      // What there is time for now is not given up later because a stage took longer than planned, but for what may need a build.
      parts = parts.map((part) =>
        part.setUp === undefined
          ? { ...part, isFirstToGo: part.isFirstToGo === true && isGoing(part) }
          : { ...part, atMost: isGoing(part) ? 0 : 1 },
      )
    },
    decide(stage, supported = () => true) {
      parts = parts.map((part) =>
        part.stage === stage
          ? { ...part, items: part.items.filter(({ id }) => supported(id)), setUp: part.setUp === undefined ? undefined : setUpAfter([]) }
          : part,
      )
      const made = plan()
      print(made)
      const one = made.parts.find((part) => part.stage === stage)
      if (one === undefined) throw new Error(`No stage ${stage} is left to plan.`)
      // What a build takes says nothing of the machine: Go has a cache.
      const mayBuild = parts.some((part) => part.stage === stage && part.setUp !== undefined)
      const least = leastSeconds({ parts: parts.filter((part) => part.stage === stage), fixedSeconds: 0, day })
      spentBeyondLeast += Math.max(0, one.referenceSeconds - least)
      parts = parts.filter((part) => part.stage !== stage)
      if (!mayBuild) referenceSeconds.set(stage, one.referenceSeconds + beforeParts)
      const count = one.leftOut.length
      return {
        ...one,
        seconds: one.referenceSeconds * made.slowness,
        latest: latest(),
        reason: count === 0 ? undefined : `${counted(count, one.noun)} ${why}`,
      }
    },
  }
}
