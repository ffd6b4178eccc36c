import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'

interface Judged {
  readonly verdict: VerdictName
  readonly reasons: readonly { readonly summary: string }[]
}

/** The first line of the first reason; undefined where there is none. */
export function firstReason({ reasons }: Pick<Judged, 'reasons'>): string | undefined {
  return reasons[0]?.summary.split('\n')[0]
}

/** A verdict and the first line of its first reason. */
export function verdictLine(judged: Judged): string {
  const reason = firstReason(judged)
  return reason === undefined ? judged.verdict : `${judged.verdict}: ${reason}`
}
