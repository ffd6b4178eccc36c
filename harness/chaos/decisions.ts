import { createHash } from 'node:crypto'

/** What becomes of a request before it reaches the API server. */
export type RequestFate =
  | { readonly kind: 'passed' }
  /** Answered with 429 or 503, with or without `Retry-After` in seconds. */
  | { readonly kind: 'refused'; readonly code: 429 | 503; readonly retryAfter?: number }

/** What becomes of a watch. Times are in seconds. */
export type WatchFate =
  | RequestFate
  /** Answered with 410: the resourceVersion is too old. */
  | { readonly kind: 'gone' }
  /** Each event waits for up to `upTo`, none overtakes another. */
  | { readonly kind: 'delayed'; readonly upTo: number }
  /** The connection breaks, in the middle of a line where there is one. */
  | { readonly kind: 'cut'; readonly after: number }
  /** Nothing comes any more, and the connection stays open. */
  | { readonly kind: 'stalled'; readonly after: number }
  /** An event of type ERROR with this code, after which the stream ends. */
  | { readonly kind: 'error'; readonly code: 410 | 429 | 500 | 504; readonly after: number }

/** Decides by a seed: the n-th request of the same method and path always meets the same fate. */
export interface Decisions {
  request(method: string, path: string): RequestFate
  watch(path: string): WatchFate
  /** Delays of the events of the watch that was decided on last for this path, in seconds. */
  delays(path: string, upTo: number): () => number
}

type Weighted<Fate> = readonly (readonly [percent: number, make: (random: () => number) => Fate])[]

const refusals: Weighted<RequestFate> = [
  [3, () => ({ kind: 'refused', code: 429, retryAfter: 1 })],
  [1, () => ({ kind: 'refused', code: 429 })],
  [2, () => ({ kind: 'refused', code: 503 })],
  [1, () => ({ kind: 'refused', code: 503, retryAfter: 2 })],
]

const watchFates: Weighted<WatchFate> = [
  ...refusals,
  [2, () => ({ kind: 'gone' })],
  [30, () => ({ kind: 'delayed', upTo: 5 })],
  [15, (random) => ({ kind: 'cut', after: 20 * random() })],
  [8, (random) => ({ kind: 'stalled', after: 20 * random() })],
  [2, (random) => ({ kind: 'error', code: 410, after: 20 * random() })],
  [1, (random) => ({ kind: 'error', code: 429, after: 20 * random() })],
  [2, (random) => ({ kind: 'error', code: 500, after: 20 * random() })],
  [2, (random) => ({ kind: 'error', code: 504, after: 20 * random() })],
]

/** Decisions that follow from a seed. */
export function decideBy(seed: number): Decisions {
  const seen = new Map<string, number>()
  const next = (key: string) => {
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    return randomBy(`${seed} ${key} ${nth}`)
  }
  return {
    request: (method, path) => drawn(refusals, next(`${method} ${path}`)),
    watch: (path) => drawn<WatchFate>(watchFates, next(`watch ${path}`)),
    delays(path, upTo) {
      const random = randomBy(`${seed} delays ${path} ${seen.get(`watch ${path}`) ?? 0}`)
      return () => upTo * random()
    },
  }
}

function drawn<Fate extends { readonly kind: string }>(fates: Weighted<Fate>, random: () => number): Fate | { readonly kind: 'passed' } {
  let left = 100 * random()
  for (const [percent, make] of fates) {
    left -= percent
    if (left < 0) return make(random)
  }
  return { kind: 'passed' }
}

/** Numbers from 0 to below 1 that look random and follow from a text: mulberry32. */
function randomBy(text: string): () => number {
  let state = createHash('sha256').update(text).digest().readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
