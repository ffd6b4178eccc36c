/** Something of which a run may do a part: a guarantee, or a guarantee under a mutant. */
export interface Item {
  readonly id: string
  readonly concept: string
  /** Seconds by which it lengthens its stage on the reference machine: those that it takes, over how many run at a time. */
  readonly seconds: number
  /** Nothing else of its stage runs meanwhile. */
  readonly alone?: boolean
}

/** How much of a stage is done however short the time is: one item of each concept, or a number of items. */
export type Minimum = 'each concept' | number

/** How a part of some items is chosen. */
export interface Choice {
  readonly minimum: Minimum
  /** Seconds that each concept takes before the first of its items. Where they are given, concepts take turns: each day has one. */
  readonly setUp?: ReadonlyMap<string, number> | undefined
}

/** A day and its time. */
interface DayShare extends Choice {
  readonly day: number
  readonly seconds: number
}

/** A part of some items. */
export interface Share {
  /** What must be done first, then the others in the order of the day. */
  readonly chosen: readonly Item[]
  readonly seconds: number
}

/** Days that are looked ahead to find out how long an item may have to wait for its turn. */
const horizonDays = 400

/**
 * Multiples of the golden ratio fall evenly between one another, however many there are. So the parts of any days that follow each other
 * lie apart, whatever the size of each is: a day with little time spoils nothing for the days after it.
 */
const goldenRatio = (Math.sqrt(5) - 1) / 2

/** The number of a day in UTC, which decides what is done on it. */
export function dayOf(now: Date): number {
  return Math.floor(now.getTime() / 86_400_000)
}

/** The same items in the order of a day, by their ids: each day begins elsewhere. */
export function orderOfDay<One extends Item>(items: readonly One[], day: number): readonly One[] {
  const sorted = items.toSorted(byId)
  const start = Math.floor(((day * goldenRatio) % 1) * sorted.length)
  return [...sorted.slice(start), ...sorted.slice(0, start)]
}

function byId(one: Item, other: Item): number {
  return one.id < other.id ? -1 : 1
}

/** What must be done on a day. Each concept has an order of its own: otherwise its first item would be its part on most days. */
export function leastOfDay(items: readonly Item[], day: number, minimum: Minimum): readonly Item[] {
  if (minimum !== 'each concept') return orderOfDay(items, day).slice(0, minimum)
  return [...Map.groupBy(items, ({ concept }) => concept).values()].flatMap((some) => orderOfDay(some, day).slice(0, 1))
}

/** Share of the time beyond what must be done that items which run alone have for themselves. */
const forAlone = 1 / 3

/**
 * The part of a day: what must be done, and of the others as many as fit in the seconds, in their order. Those that run side by side come
 * first, for a minute holds more of them; those that run alone have a share that is theirs, and what the others leave.
 */
export function shareOfDay(items: readonly Item[], { day, minimum, setUp, seconds }: DayShare): Share {
  const { offered, turn, before } = setUp === undefined ? { offered: items, turn: day, before: 0 } : turnOfConcept(items, { day, setUp })
  const chosen = new Set(leastOfDay(offered, turn, minimum))
  let used = before + secondsOf([...chosen])
  const fill = (some: readonly Item[], most: number): void => {
    for (const item of some) {
      // Sums of fractions: what fits whole must not fail by the last digit.
      if (chosen.has(item) || used + item.seconds > most + 0.001) continue
      chosen.add(item)
      used += item.seconds
    }
  }
  const [alone = [], others = []] = [true, false].map((isAlone) => offered.filter((item) => (item.alone === true) === isAlone))
  const aloneInOrder = orderOfDay(alone, turn)
  fill(aloneInOrder, used + Math.max(0, seconds - used) * forAlone)
  fill(orderOfDay(others, turn), seconds)
  fill(aloneInOrder, seconds)
  return { chosen: [...chosen], seconds: used }
}

/** The items of the concept whose turn it is, and which of its turns. */
function turnOfConcept(items: readonly Item[], { day, setUp }: { readonly day: number; readonly setUp: ReadonlyMap<string, number> }) {
  const [concept, before] = [...setUp][day % setUp.size] ?? ['', 0]
  const offered = items.filter((item) => item.concept === concept)
  return { offered, turn: Math.floor(day / setUp.size), before: offered.length === 0 ? 0 : before }
}

/** In how many days every item has its turn at least once, on whatever day one begins, if each day has these seconds. */
export function daysToCover(items: readonly Item[], share: DayShare): number {
  // Each day sorts them again, which takes no time where they are in order.
  const sorted = items.toSorted(byId)
  const last = new Map(items.map((item) => [item, share.day - 1]))
  let longest = 1
  for (let day = share.day; day < share.day + horizonDays; day += 1) {
    const { chosen } = shareOfDay(sorted, { ...share, day })
    if (chosen.length === items.length) return 1
    for (const item of chosen) {
      longest = Math.max(longest, day - (last.get(item) ?? day))
      last.set(item, day)
    }
  }
  // What is still waiting at the end counts as well: one that never has its turn shows as the whole horizon.
  return Math.max(longest, ...[...last.values()].map((day) => share.day + horizonDays - 1 - day))
}

/** Seconds of some items together. */
export function secondsOf(items: readonly Item[]): number {
  return items.reduce((sum, { seconds }) => sum + seconds, 0)
}
