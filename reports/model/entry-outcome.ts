/** What is expected of a statement on a cluster. */
export const entryVerdicts = ['holds', 'refuted', 'conditional'] as const

/** What is expected of a statement on a cluster. */
export type EntryVerdict = (typeof entryVerdicts)[number]

/**
 * What became of an entry in a run, in words that are true of the sentence they stand beside. Only a sentence that is meant to hold as it
 * is written can be said to hold: a conditional one is shown for the conditions that its checks met, a refuted one is shown to be wrong.
 */
export const outcomes = [
  'holds',
  'does not hold (documented wrongly, shown)',
  'condition met: holds; not met: does not',
  'condition met: holds',
  'condition not met: does not hold',
  'partly proven',
  'shown in part: conditional',
  'a check Failed',
  'not settled',
  'does not hold (asserted, not shown in this run)',
  'not run',
  'not testable',
  'no check yet',
] as const

/** What became of an entry in a run. */
export type Outcome = (typeof outcomes)[number]

/** What became of an entry, and why it is not more where the word alone does not say it. */
export interface EntryOutcome {
  readonly outcome: Outcome
  readonly why?: string | undefined
}
