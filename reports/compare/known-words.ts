import { breaksGate, knownInWords } from '../known-failures/section.ts'
import { entryLine } from '../render/text/known-failure-lines.ts'
import type { Comparison, EntryAfter, StatementChange, VerdictChange } from './comparison.ts'

/** Which way a statement changed, and whether that is known. */
export function directionInWords({ direction, known }: StatementChange): string {
  return known === undefined ? direction : `${direction}, known`
}

/** By which entries a change is known: until when, whose they are, where, and why; none where it is not. */
export function knownLines({ known = [] }: VerdictChange | StatementChange): readonly string[] {
  return known.map(knownInWords)
}

/** How many entries are no longer true; nothing where all are. */
export function brokenInWords({ knownFailures }: Comparison): readonly string[] {
  const count = knownFailures?.entries.filter(breaksGate).length ?? 0
  return count === 0 ? [] : [`Known failures that are no longer true: ${count}.`]
}

/** What the file of known failures comes to, as a heading. */
export function knownTitle({ gate, entries }: NonNullable<Comparison['knownFailures']>): string {
  return `Known failures (${entries.length}), and the gate ${gate}`
}

/** Entries of the known failures, those that are no longer true first; of several runs after with the run that says so. */
export function entriesOf({ knownFailures, after }: Comparison): readonly EntryAfter[] {
  const entries = knownFailures?.entries ?? []
  const told = entries.map((entry) => (after.runs.length === 1 ? entry : { ...entry, says: `In ${entry.run}: ${entry.says}` }))
  return [...told.filter(breaksGate), ...told.filter((entry) => !breaksGate(entry))]
}

/** Entries in lines: `expired: line 3: …`. */
export function entryLines(entries: readonly EntryAfter[]): readonly string[] {
  return entries.map((entry) => `${entry.outcome}: ${entryLine(entry)}`)
}
