/** One reason for a verdict. `summary` alone makes sense in a list of a hundred. */
export interface Reason {
  readonly summary: string
  readonly expected?: string
  readonly actual?: string
  /** Positions in the history that show it. */
  readonly entries?: readonly number[]
}

/** One judgement made over a history: enough to make it again without a cluster. One line of `judgements.jsonl`. */
export interface JudgementRecord {
  /**
   * `toUphold` and `premise` judge a check over the whole history so far; `toReach`, `toStay` and `until` judge a condition in time. What
   * `until` and `premise` miss is inconclusive: the guarantee does not state it.
   */
  readonly verb: 'toUphold' | 'premise' | 'toReach' | 'toStay' | 'until'
  /** What the suite calls this judgement; clauses of the ledger name it. Several of one label belong together. */
  readonly label?: string
  /** Registered name of the check or condition. */
  readonly name: string
  readonly params: unknown
  /** The check or condition in words. */
  readonly description: string
  /**
   * Position of the first and behind the last entry judged. `toUphold` reads the entries between; a wait began when the history
   * ended at `fromSeq` and ended when it ended at `untilSeq`.
   */
  readonly fromSeq: number
  readonly untilSeq: number
  /** Limit of a wait, in seconds. */
  readonly within?: number
  /** Where the limit comes from, where it is longer than that of the table. */
  readonly withinFrom?: string
  /** Present where a wait seemed to be over when it began, and no longer once the watches had caught up: it began anew at `fromSeq`. */
  readonly heldAtFirst?: true
  /** When a wait began, ISO 8601. */
  readonly startedAt?: string
  /** Kinds a wait watched: a gap in one of them leaves it undecided. */
  readonly kinds?: readonly string[]
  /**
   * Kinds that the check or condition reads. Records of earlier versions have none: their waits are judged again by the rules of then, by
   * which any measurement counted as something seen, and nobody noted that a kind was not watched.
   */
  readonly reads?: readonly string[]
  /** What a wait watched, as messages name it: `Pods in hf-web-4f2a`. */
  readonly subject?: string
  readonly outcome: 'upheld' | 'violated' | 'inconclusive'
  readonly reason?: Reason
  /** Present where a wait is violated because its time was over, and not because something showed that it was in vain. */
  readonly timedOut?: true
}
