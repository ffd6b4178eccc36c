import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** How HTTP requests to a Service were answered. */
export interface Requests {
  /** How many each server has answered, by what it said: its name. */
  readonly answered: Readonly<Record<string, number>>
  /** How many nobody has answered, and why the first of them was not. */
  readonly failed: number
  readonly failure: string | null
}

/** Requests that were sent, by the Pod that sent them. */
export interface SentRequests {
  readonly found: MeasurementName
}

/** Fewer say nothing about a time in which something was done. */
const fewest = 20

/** Requests to a Service are answered by just the Pods that are named, or by nobody. */
export const answeredBy = defineCheck<SentRequests & { readonly pods: readonly string[] }>({
  name: 'answered-by',
  reads: [],
  describe: ({ found, pods }) => `requests from Pod ${found.pod} (${found.label}) are answered by ${worded(pods)}`,
  judge: ({ found, pods }, history) =>
    judged(found, history, ({ entry, requests }) => {
      const servers = Object.keys(requests.answered).toSorted()
      if (servers.join() === pods.toSorted().join()) return undefined
      return violated(`Requests from Pod ${found.pod} (${found.label}) were answered by ${worded(servers)} instead of ${worded(pods)}.`, {
        ...{ expected: worded(pods), actual: describe(requests), entries: [entry] },
      })
    }),
})

/** Every request to a Service is answered. */
export const allAnswered = defineCheck<SentRequests>({
  name: 'all-answered',
  reads: [],
  describe: ({ found }) => `every request from Pod ${found.pod} (${found.label}) is answered`,
  judge: ({ found }, history) =>
    judged(found, history, ({ entry, requests }) => {
      if (requests.failed === 0) return undefined
      return violated(`Of the requests from Pod ${found.pod} (${found.label}), ${requests.failed} failed: ${String(requests.failure)}.`, {
        ...{ expected: 'no request that fails', actual: describe(requests), entries: [entry] },
      })
    }),
})

/** Requests to a Service are answered, and some of them are not. */
export const someFailed = defineCheck<SentRequests>({
  name: 'some-failed',
  reads: [],
  describe: ({ found }) => `some requests from Pod ${found.pod} (${found.label}) fail`,
  judge: ({ found }, history) =>
    judged(found, history, ({ entry, requests }) => {
      if (requests.failed > 0) return undefined
      return violated(`Every request from Pod ${found.pod} (${found.label}) was answered.`, {
        ...{ expected: 'requests that fail', actual: describe(requests), entries: [entry] },
      })
    }),
})

interface Sent {
  readonly entry: Measurement
  readonly requests: Requests
}

function judged(
  { pod, label }: MeasurementName,
  history: readonly HistoryEntry[],
  judge: (sent: Sent) => Judgement | undefined,
): Judgement {
  const entry = measurementOf(history, { what: 'requests', label, subject: pod })
  if (entry === undefined) return inconclusive(`Pod ${pod} never sent requests: ${label}.`)
  const requests = entry.value as Requests
  const sent = countOf(requests) + requests.failed
  if (sent < fewest) return inconclusive(`Pod ${pod} sent only ${sent} requests (${label}).`, [entry.seq])
  return judge({ entry, requests }) ?? { outcome: 'upheld', evaluated: sent }
}

function countOf({ answered }: Requests): number {
  return Object.values(answered).reduce((sum, count) => sum + count, 0)
}

function describe(requests: Requests): string {
  const answers = Object.entries(requests.answered).map(([server, count]) => `${count} by ${server}`)
  const failures = requests.failed === 0 ? [] : [`${requests.failed} failed (${String(requests.failure)})`]
  return [...answers, ...failures].join(', ')
}

function worded(servers: readonly string[]): string {
  return servers.length === 0 ? 'nobody' : servers.join(', ')
}
