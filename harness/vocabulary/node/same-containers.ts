import { isDeepStrictEqual } from 'node:util'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** What a node had of a Pod before and after something that is not to touch it. */
export interface ContainersKept {
  readonly before: MeasurementName
  readonly after: MeasurementName
}

/** The same container of a Pod runs on a node as before: it was not started again, by word of the container runtime. */
export const sameContainers = defineCheck<ContainersKept>({
  name: 'same-containers',
  reads: [],
  describe: ({ before, after }) => `the container of Pod ${before.pod} is the same from ${before.label} to ${after.label}`,
  judge,
})

function judge({ before, after }: ContainersKept, history: readonly HistoryEntry[]): Judgement {
  const [was, is] = [before, after].map(({ pod, label }) => measurementOf(history, { what: 'containers', label, subject: pod }))
  if (was === undefined || is === undefined) return inconclusive(`The containers of Pod ${before.pod} were not read twice.`)
  const [first, last] = [was, is].map(({ value }) => value as readonly string[]) as [readonly string[], readonly string[]]
  if (first.length !== 1) return inconclusive(`The node had ${first.length} containers of Pod ${before.pod} ${before.label}.`, [was.seq])
  if (isDeepStrictEqual(first, last)) return { outcome: 'upheld', evaluated: 1 }
  return violated(`The container of Pod ${before.pod} did not stay from ${before.label} to ${after.label}.`, {
    expected: first.join(', '),
    actual: last.length === 0 ? 'none' : last.join(', '),
    entries: [was, is],
  })
}
