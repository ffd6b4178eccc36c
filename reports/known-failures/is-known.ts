import { type Platform, whyNotHere } from './condition.ts'
import type { KnownFailure } from './known-failure.ts'
import { contains } from './pattern.ts'

/** A guarantee and what became of it. */
export interface Judged {
  readonly id: string
  readonly verdict: string
  readonly reasons: readonly { readonly summary: string }[]
}

/** What is known, of which platform, and on which day: `2026-11-30`, in UTC. */
export interface Known<Entry extends KnownFailure = KnownFailure> {
  readonly entries: readonly Entry[]
  readonly platform: Platform
  readonly day: string
}

/**
 * The entry by which a failure is known: one that has not expired and names this guarantee, verdict and cause on this platform. Undefined
 * when there is none.
 */
export function knownBy<Entry extends KnownFailure>(judged: Judged, { entries, platform, day }: Known<Entry>): Entry | undefined {
  return entries.find((entry) => describes(entry, judged) && day <= entry.expires && whyNotHere(entry.when, platform) === undefined)
}

/** Whether an entry names this guarantee, verdict and cause, wherever and until whenever that is accepted. */
export function describes({ guarantee, verdict, reason }: KnownFailure, judged: Judged): boolean {
  if (guarantee !== judged.id || verdict !== judged.verdict) return false
  return reason === undefined || contains(judged.reasons[0]?.summary ?? '', reason)
}
