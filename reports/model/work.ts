import type { ConformanceReport } from './conformance-report.ts'
import { secondsOf } from './seconds.ts'

/** Work of a run, and how much of it ran concurrently. */
export interface Work {
  /** Seconds that all guarantees took, one added to the other. */
  readonly seconds: number
  /** Those seconds over the time from the first start to the last verdict: how many were put to the test at a time on average. */
  readonly atATime: number
  /** Requests that the suites sent to API servers; undefined for evidence that does not say. */
  readonly requests: number | undefined
  /** How many of them an API server did not take at first. */
  readonly throttled: number
  /** Those that took longest, longest first. */
  readonly slowest: readonly { readonly id: string; readonly seconds: number }[]
}

/** Adds up what the guarantees of a report took. Undefined when none was put to the test. */
export function workOf({ guarantees }: Pick<ConformanceReport, 'guarantees'>, { slowest }: { readonly slowest: number }): Work | undefined {
  const tried = guarantees.filter(
    ({ verdict, startedAt, endedAt }) => verdict !== 'NotSupported' && startedAt !== undefined && endedAt !== undefined,
  )
  if (tried.length === 0) return undefined
  const moments = (of: 'startedAt' | 'endedAt') => tried.map((guarantee) => Date.parse(guarantee[of] ?? ''))
  const wall = (Math.max(...moments('endedAt')) - Math.min(...moments('startedAt'))) / 1000
  const times = tried.map((guarantee) => ({ id: guarantee.id, seconds: secondsOf(guarantee) }))
  const seconds = times.reduce((sum, one) => sum + one.seconds, 0)
  const counted = tried.flatMap(({ requests }) => requests ?? [])
  return {
    seconds,
    atATime: wall === 0 ? 1 : seconds / wall,
    requests: counted.length === 0 ? undefined : counted.reduce((sum, one) => sum + one, 0),
    throttled: tried.reduce((sum, { throttled = 0 }) => sum + throttled, 0),
    slowest: times.toSorted((a, b) => b.seconds - a.seconds).slice(0, slowest),
  }
}

/** The same in words, one for each figure. */
export function workFigures({ seconds, atATime, requests, throttled, slowest }: Work): readonly string[] {
  return [
    `${seconds.toFixed(0)} s of guarantees`,
    `${atATime.toFixed(1)} at a time`,
    ...(requests === undefined ? [] : [requestsInWords(requests, throttled)]),
    ...slowest.map((one, place) => `${place === 0 ? 'longest ' : ''}${one.id} ${one.seconds.toFixed(0)} s`),
  ]
}

/** How many requests there were, and how many of them had to be sent again. */
export function requestsInWords(requests: number, throttled = 0): string {
  return `${requests} requests to the API server${throttled === 0 ? '' : ` (${throttled} throttled and sent again)`}`
}
