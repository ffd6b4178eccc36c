import type { Level, Source } from '../guarantee.ts'
import type { Reason } from '../history/judgement-record.ts'

/** The four answers to a guarantee. */
export type VerdictName = 'Passed' | 'Failed' | 'Inconclusive' | 'NotSupported'

/** `evidence/<guarantee id>/verdict.json`. */
export interface VerdictRecord {
  readonly id: string
  readonly statement: string
  readonly level: Level
  readonly source: Source
  readonly verdict: VerdictName
  readonly reasons: readonly Reason[]
  readonly startedAt: string
  readonly endedAt: string
  readonly namespace?: string
  /** Present where the namespace stays for somebody to look at. */
  readonly kept?: true
  readonly mutant?: string
  /** How many entries of each type the history holds. */
  readonly entriesByType: Readonly<Record<string, number>>
  readonly judgements: number
  /** Requests that were sent to the API server until the verdict: watches that were opened and commands in containers count as one each. */
  readonly requests: number
  /** How many of them the API server did not take at first (429, 503), so that they were sent again; absent in older evidence. */
  readonly throttled?: number
}
