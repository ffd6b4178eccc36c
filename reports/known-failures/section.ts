import { hash } from 'node:crypto'
import { z } from 'zod'
import { knownFailureSchema, type ListedFailure } from './known-failure.ts'
import { breakingOutcomes, entryOutcomes, type JudgedRun, settle } from './outcome.ts'
import { readKnownFailures } from './read-known-failures.ts'

/** The copy of the file of known failures in the directory of a run. */
export const knownFailuresFile = 'known-failures.yaml'

/** Schema of an entry, and of what became of it. */
export const reportedEntrySchema = z.strictObject({
  ...knownFailureSchema.shape,
  /** Line of the file on which it begins. */
  line: z.int().positive(),
  outcome: z.enum(entryOutcomes),
  /** What became of it, and what to do where that breaks the gate. */
  says: z.string(),
})

/** Schema of what a report says of known failures. They change no verdict, no total and no result. */
export const knownFailuresSectionSchema = z.strictObject({
  /** Digest of `known-failures.yaml` beside the report. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /**
   * What the exit code says: the result with each known failure counted as Passed, and at best `partial` where an entry expired, passes
   * again or matches nothing.
   */
  gate: z.enum(['success', 'partial', 'failure']),
  entries: z.array(reportedEntrySchema),
})

/** What a report says of known failures. */
export type KnownFailuresSection = z.infer<typeof knownFailuresSectionSchema>

/** A known failure, and what became of it in a run. */
export type ReportedEntry = KnownFailuresSection['entries'][number]

/** What the text of a file comes to in a run; `day` is that of the run in UTC. Throws one sentence for a file with mistakes. */
export function settledSection(text: string, run: JudgedRun, day: string): Omit<KnownFailuresSection, 'gate'> {
  const read = readKnownFailures(text)
  if ('mistakes' in read) {
    const [mistake] = read.mistakes
    throw new Error(`${knownFailuresFile} line ${mistake?.line ?? 1}: ${mistake?.sentence ?? ''}`)
  }
  return sectionOf({ text, entries: read.entries }, run, day)
}

/** The same of a file that was read. */
export function sectionOf(
  { text, entries }: { readonly text: string; readonly entries: readonly ListedFailure[] },
  run: JudgedRun,
  day: string,
): Omit<KnownFailuresSection, 'gate'> {
  const settled = settle(entries, run, day).map(({ entry, outcome, says }) => ({ ...entry, outcome, says }))
  return { sha256: hash('sha256', text), entries: settled }
}

/** The entry by which the failure of a guarantee is known; undefined where it is not, or where no known failures were given. */
export function knownIn(section: Pick<KnownFailuresSection, 'entries'> | undefined, id: string): ReportedEntry | undefined {
  return section?.entries.find(({ guarantee, outcome }) => guarantee === id && outcome === 'known')
}

/** Whether an entry breaks the gate. */
export function breaksGate({ outcome }: Pick<ReportedEntry, 'outcome'>): boolean {
  return breakingOutcomes.includes(outcome)
}

/** A known failure in words: until when it is accepted, who sees to it, where, and why. */
export function knownInWords({ expires, owner, link, why }: Pick<ReportedEntry, 'expires' | 'owner' | 'link' | 'why'>): string {
  return `known until ${expires} (${owner}, ${link}): ${why.trim().replaceAll(/\s+/g, ' ')}`
}

/** How many entries came to what, in the order of the outcomes: `2 known, 1 passes again`. */
export function entryCounts(entries: readonly Pick<ReportedEntry, 'outcome'>[]): readonly string[] {
  const count = (outcome: ReportedEntry['outcome']) => entries.filter((entry) => entry.outcome === outcome).length
  return entryOutcomes.flatMap((outcome) => (count(outcome) === 0 ? [] : [`${count(outcome)} ${outcome}`]))
}
