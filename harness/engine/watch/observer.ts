import type { History } from '../history/history.ts'
import type { Watch } from '../history/watch-list.ts'

/** Open watches on some kinds, all writing to the one history of the guarantee. */
export interface Observer {
  readonly kinds: readonly string[]
  readonly history: History
  /** What is watched, as messages name it: `Pods in hf-web-4f2a`. */
  readonly subject: string
  readonly watches: readonly Watch[]
  /** Aborted when the guarantee has run out of time. */
  readonly signal: AbortSignal
}

/** Several observers as one, for a condition that needs all their kinds. */
export function together(...[first, ...others]: readonly [Observer, ...(readonly Observer[])]): Observer {
  const all = [first, ...others]
  return {
    ...first,
    kinds: [...new Set(all.flatMap(({ kinds }) => kinds))],
    subject: all.map(({ subject }) => subject).join(' and '),
    watches: [...new Set(all.flatMap(({ watches }) => watches))],
  }
}
