import type { Measure } from '../measurement.ts'
import type { ObjectRef } from '../history/history-entry.ts'

/** One chapter of the story of a guarantee, as the report shows it. */
export interface Chapter {
  /** The object that the chapter speaks of. */
  readonly subject: ObjectRef
  /** One or two sentences. */
  readonly text: string
  /** What was counted or measured, by readable names: `{ files: 1000, bytes: 104857600, seconds: 6.6 }`. */
  readonly facts: Readonly<Record<string, string | number>>
}

/** Headings of a round trip; a story may have others. */
export type Heading = 'Written' | 'Backed up' | 'Destroyed' | 'Restored' | 'Compared' | (string & {})

/** Tells one chapter of the story of a guarantee. It is kept in the history and never judged. */
export function addChapter({ measure }: { readonly measure: Measure }, heading: Heading, { subject, text, facts }: Chapter): void {
  measure('chapter', heading, { subject, value: { text, facts } })
}
