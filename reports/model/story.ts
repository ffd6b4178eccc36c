import { z } from 'zod'
import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import type { Chapter } from './conformance-report.ts'
import { secondsSince } from './seconds.ts'

/** What a measurement measures when it is a chapter of the story of a guarantee. */
export const chapterMeasurement = 'chapter'

const chapterSchema = z.object({ text: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) })

/**
 * The story of a guarantee: the chapters that its suite told, in order. Seconds count from the first entry of the history, as in
 * the timeline. A chapter in another form is kept and says so.
 */
export function chaptersOf(history: readonly HistoryEntry[]): Chapter[] {
  let previous = 0
  return history.flatMap((entry) => {
    if (entry.type !== 'measurement' || entry.what !== chapterMeasurement) return []
    const { label, subject, value, at, seq } = entry
    const parsed = chapterSchema.safeParse(value)
    const { text, facts } = parsed.data ?? { text: `Entry ${seq} of the history is not in the form of a chapter.`, facts: {} }
    const secondsSinceStart = secondsSince(history, at)
    const secondsSincePrevious = Math.max(0, round(secondsSinceStart - previous))
    previous = secondsSinceStart
    const { kind, name, namespace } = subject
    const place = namespace === undefined ? {} : { namespace }
    return [{ heading: label, subject: { kind, name, ...place }, text, facts, at, secondsSinceStart, secondsSincePrevious, entry: seq }]
  })
}

/** To milliseconds, which is what a history records. */
function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}
