import { field } from '../object.ts'

/** Longest time, in seconds, that a server is left alone: it may ask for hours, and the next answer can be another one. */
const longestRetryAfter = 10

/** What a server that names no time is left alone for, in seconds, as kube-apiserver asks for it. */
const usualRetryAfter = 1

/**
 * Seconds after which a request is to be sent again that was answered with 429 (too many requests) or 503 (unavailable): servers give these
 * answers before they execute anything. Undefined for any other answer, and for an eviction that a PodDisruptionBudget forbids: its 429 is
 * a decision.
 */
export function retryAfterOf({
  code,
  header,
  status,
}: {
  readonly code: number
  readonly header?: string | undefined
  readonly status?: unknown
}): number | undefined {
  if (code !== 429 && code !== 503) return undefined
  const causes = field(status, 'details', 'causes')
  if (Array.isArray(causes) && causes.some((cause) => field(cause, 'reason') === 'DisruptionBudget')) return undefined
  const asked = secondsOf(header) ?? field(status, 'details', 'retryAfterSeconds')
  const seconds = typeof asked === 'number' && asked > 0 ? asked : usualRetryAfter
  return Math.min(longestRetryAfter, seconds)
}

/** The header holds seconds or a date. */
function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  if (/^\d+$/u.test(header)) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : (at - Date.now()) / 1000
}
