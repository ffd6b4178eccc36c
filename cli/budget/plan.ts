import { type Choice, daysToCover, type Item, shareOfDay } from './rotation.ts'

/** A stage of which a run may do a part. */
export interface Part extends Choice {
  readonly stage: string
  /** Sentences name them so: `guarantees`, `controls`. */
  readonly noun: string
  readonly items: readonly Item[]
  /**
   * Whether nothing of it is done where there is no time for its minimum besides that of the others. Where the time is short, parts of the
   * highest rank go first on even days, those of the lowest on odd ones.
   */
  readonly isFirstToGo?: boolean
  /** Share of the time beyond the minimums of the others that the minimum of one which may go may take; all of it when absent. */
  readonly atMost?: number
  /**
   * Parts of a lower rank are made whole before those of a higher one get more than their minimum; those of one rank share what is left.
   */
  readonly rank: number
  /** Share of the time beyond all minimums that parts of lower ranks leave for it. */
  readonly reserved?: number
}

/** What a plan is made of. */
export interface PlanInput {
  /** Parts that are still to be done. */
  readonly parts: readonly Part[]
  /** Seconds on the reference machine of all that is still to be done and has no parts. */
  readonly fixedSeconds: number
  /** Seconds that are left, on this machine. */
  readonly secondsLeft: number
  /** How many times as long as the reference machine this one takes. */
  readonly slowness: number
  readonly day: number
  /** Seconds on the reference machine that parts which are over had beyond their minimums; none when absent. */
  readonly spentBeyondLeast?: number
}

/** What is planned for one stage. */
export interface PlannedPart {
  readonly stage: string
  readonly noun: string
  readonly chosen: readonly Item[]
  readonly leftOut: readonly Item[]
  /** Seconds on the reference machine. */
  readonly referenceSeconds: number
  /** In how many days each item is chosen at least once, if every day is like this one; infinite where none is. */
  readonly days: number
}

/** What is done in the time that is left. */
export interface Plan {
  readonly parts: readonly PlannedPart[]
  /** Seconds on this machine until everything planned is done. */
  readonly seconds: number
  /** Whether the least that is always done takes longer than the time that is left. */
  readonly isTooShort: boolean
}

/** Plans the rest of a run so that it ends in time where that can be, and does a part of each stage, but of those first to go. */
export function makePlan(input: PlanInput): Plan {
  const { parts, secondsLeft, slowness, day } = input
  const turn = day % 2 === 0 ? 1 : -1
  let staying = parts.filter(({ isFirstToGo }) => isFirstToGo !== true)
  for (const part of parts.filter(({ isFirstToGo }) => isFirstToGo).toSorted((one, other) => turn * (one.rank - other.rank))) {
    const spare = secondsLeft / slowness - leastSeconds({ ...input, parts: staying })
    const takes = leastSeconds({ ...input, parts: [part], fixedSeconds: 0 })
    if (takes <= spare * (part.atMost ?? 1)) staying = [...staying, part]
  }
  const plan = planOf({ ...input, parts: parts.filter((part) => staying.includes(part)) })
  return { ...plan, parts: parts.map((part) => plan.parts.find(({ stage }) => stage === part.stage) ?? nothingOf(part)) }
}

/** Seconds on the reference machine of the least that is done, those first to go included. */
export function leastSeconds({ parts, fixedSeconds, day }: Pick<PlanInput, 'parts' | 'fixedSeconds' | 'day'>): number {
  return fixedSeconds + sum(parts.map((part) => shareOfDay(part.items, { ...part, day, seconds: 0 }).seconds))
}

function nothingOf({ stage, noun, items }: Part): PlannedPart {
  return { ...{ stage, noun, chosen: [], leftOut: items, referenceSeconds: 0 }, days: Number.POSITIVE_INFINITY }
}

function planOf({ parts, fixedSeconds, secondsLeft, slowness, day, spentBeyondLeast = 0 }: PlanInput): Plan {
  const least = new Map(parts.map((part) => [part, shareOfDay(part.items, { ...part, day, seconds: 0 }).seconds]))
  const leastTogether = fixedSeconds + sum([...least.values()])
  const available = secondsLeft / slowness
  const planned = new Map<Part, PlannedPart>()
  const wanting = (part: Part) => shareOfDay(part.items, { ...part, day, seconds: Infinity }).seconds - (least.get(part) ?? 0)
  let spare = Math.max(0, available - leastTogether)
  // What is reserved stays the same while parts before it end.
  const spareOfAll = spare + spentBeyondLeast
  for (const rank of [...new Set(parts.map((part) => part.rank))].toSorted((a, b) => a - b)) {
    const sameRank = parts.filter((part) => part.rank === rank)
    const later = parts.filter((part) => part.rank > rank)
    const kept = sum(later.map((part) => Math.min(wanting(part), (part.reserved ?? 0) * spareOfAll)))
    const share = Math.min(1, Math.max(0, spare - kept) / (sum(sameRank.map(wanting)) || 1))
    for (const part of sameRank) {
      const one = planPart(part, { day, seconds: (least.get(part) ?? 0) + share * wanting(part) })
      planned.set(part, one)
      spare -= one.referenceSeconds - (least.get(part) ?? 0)
    }
  }
  const inOrder = parts.flatMap((part) => planned.get(part) ?? [])
  const seconds = (fixedSeconds + sum(inOrder.map(({ referenceSeconds }) => referenceSeconds))) * slowness
  return { parts: inOrder, seconds, isTooShort: leastTogether > available }
}

function planPart(
  { stage, noun, items, minimum, setUp }: Part,
  { day, seconds }: { readonly day: number; readonly seconds: number },
): PlannedPart {
  const share = shareOfDay(items, { day, minimum, setUp, seconds })
  const leftOut = items.filter((item) => !share.chosen.includes(item))
  return {
    ...{ stage, noun, chosen: share.chosen, leftOut, referenceSeconds: share.seconds },
    days: leftOut.length === 0 ? 1 : daysToCover(items, { day, minimum, setUp, seconds }),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
