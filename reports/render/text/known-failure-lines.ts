import { breaksGate, entryCounts, type KnownFailuresSection, type ReportedEntry } from '../../known-failures/section.ts'

/** What became of each entry, as lines of a terminal: what breaks the gate first, with its line in the file and what to do about it. */
export function knownFailureLines({ entries }: Pick<KnownFailuresSection, 'entries'>): readonly string[] {
  const sorted = [...entries.filter(breaksGate), ...entries.filter((entry) => !breaksGate(entry))]
  const width = Math.max(0, ...entries.map(({ outcome }) => outcome.length))
  const counts = entries.length === 0 ? 'The file lists nothing.' : `Entries: ${entryCounts(entries).join(', ')}.`
  return [...sorted.map((entry) => `${entry.outcome.padEnd(width)}  ${entryLine(entry)}`), counts]
}

/** An entry in one line: where it is in the file, and what became of it. */
export function entryLine({ line, says, outcome, owner, link }: ReportedEntry): string {
  const whom = outcome === 'does not apply' || outcome === 'not selected' ? '' : ` (${owner}, ${link})`
  return `line ${line}: ${says}${whom}`
}
