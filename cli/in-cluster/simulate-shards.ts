import type { PlannedGuarantee } from '../../contract/shards.ts'
import { assignGuarantees } from './assign-guarantees.ts'

/** What is assumed of a run that is simulated, in seconds where nothing else is said. */
export interface Assumed {
  /** Guarantees that a shard runs at a time. */
  readonly atATime: number
  /** From the creation of the Job to the first guarantee of each shard. */
  readonly start: number
  /** From the end of the last shard to the report. */
  readonly end: number
}

/** As one machine runs them; starting and ending as long as a Pod that is pulled already and an archive of some megabytes take. */
export const usualAssumptions: Assumed = { atATime: 3, start: 25, end: 20 }

/** Seconds that a run over so many shards takes, by the durations of its guarantees. What runs alone comes last, one after the other. */
export function simulatedSeconds(guarantees: readonly PlannedGuarantee[], shards: number, assumed: Assumed = usualAssumptions): number {
  const secondsOf = new Map(guarantees.map(({ id, seconds }) => [id, seconds]))
  const alone = new Set(guarantees.filter(({ disruptive }) => disruptive === true).map(({ id }) => id))
  const together = assignGuarantees({ guarantees, shards }).map((ids) =>
    lengthOf(
      ids.filter((id) => !alone.has(id)).map((id) => secondsOf.get(id) ?? 0),
      assumed.atATime,
    ),
  )
  const oneByOne = [...alone].reduce((sum, id) => sum + (secondsOf.get(id) ?? 0), 0)
  return assumed.start + Math.max(0, ...together) + oneByOne + assumed.end
}

/** Until the last of some pieces of work is done, where so many go on at a time and the next one begins as soon as one ends. */
function lengthOf(pieces: readonly number[], atATime: number): number {
  const ends = Array.from({ length: atATime }, () => 0)
  for (const seconds of pieces) {
    const first = ends.indexOf(Math.min(...ends))
    ends[first] = (ends[first] ?? 0) + seconds
  }
  return Math.max(...ends)
}

/**
 * So many guarantees that are distributed like those measured: each at an equal distance in their order by length, and the same ones
 * several times where more are wanted than were measured.
 */
export function sampleOf(measured: Readonly<Record<string, number>>, count: number): readonly PlannedGuarantee[] {
  const sorted = Object.entries(measured).toSorted(([, one], [, other]) => one - other)
  return Array.from({ length: count }, (_, place) => {
    const [id = '', seconds = 0] = sorted[Math.floor(((place + 0.5) / count) * sorted.length)] ?? []
    return { id: `${id} ${place}`, seconds }
  })
}
