import { isDeepStrictEqual } from 'node:util'
import type { KnownFailuresSection } from '../known-failures/section.ts'

/** What of the known failures of a report came out otherwise than it is stored. */
export interface KnownFailureDifference {
  /** A guarantee; undefined where it is the whole section. */
  readonly guarantee: string | undefined
  readonly stored: string
  readonly now: string
}

/** Where what a report says of known failures is not what its verdicts and the file beside it make of them. */
export function knownFailureDifferences(
  stored: KnownFailuresSection | undefined,
  now: KnownFailuresSection | undefined,
): readonly KnownFailureDifference[] {
  if (isDeepStrictEqual(stored, now)) return []
  if (stored === undefined || now === undefined || stored.sha256 !== now.sha256)
    return [{ guarantee: undefined, stored: fileOf(stored), now: fileOf(now) }]
  const length = Math.max(stored.entries.length, now.entries.length)
  const entries = Array.from({ length }, (_, at) => [stored.entries[at], now.entries[at]] as const)
  const others = entries.flatMap(([then, again]) => {
    if (isDeepStrictEqual(then, again)) return []
    const isOutcome = then?.outcome !== again?.outcome
    const said = (entry: typeof then) => (isOutcome ? `known failure ${entry?.outcome ?? 'not listed'}` : JSON.stringify(entry))
    return [{ guarantee: (then ?? again)?.guarantee, stored: said(then), now: said(again) }]
  })
  const gate = { guarantee: undefined, stored: `gate ${stored.gate}`, now: `gate ${now.gate}` }
  return stored.gate === now.gate ? others : [...others, gate]
}

function fileOf(section: KnownFailuresSection | undefined): string {
  return section === undefined ? 'no known failures' : `known failures of a file with the digest ${section.sha256}`
}
