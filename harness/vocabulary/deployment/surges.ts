import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { observationsOf } from '../../engine/object.ts'
import { hasEnded } from '../pod/readings.ts'

/** A workload by name and the number of Pods that it asks for. */
export interface Replicated {
  readonly workload: string
  readonly replicas: number
}

/** A workload had more Pods whose containers had not all ended than it asks for at some time, as a Deployment has while it is updated. */
export const surges = defineCheck<Replicated>({
  name: 'surges',
  reads: ['Pod'],
  describe: ({ workload, replicas }) => `${workload} has more than ${replicas} Pods for a while`,
  judge: ({ workload, replicas }, history) =>
    judged(workload, history, ({ most, at }) => {
      if (most > replicas) return undefined
      return violated(`Workload ${workload} never had more than ${most} Pods though it was updated.`, {
        expected: `more than ${replicas}`,
        actual: String(most),
        entries: [at],
      })
    }),
})

/** A workload never had more Pods whose containers had not all ended than it asks for. */
export const neverSurges = defineCheck<Replicated>({
  name: 'never-surges',
  reads: ['Pod'],
  describe: ({ workload, replicas }) => `${workload} never has more than ${replicas} Pods`,
  judge: ({ workload, replicas }, history) =>
    judged(workload, history, ({ most, at }) => {
      if (most <= replicas) return undefined
      return violated(`Workload ${workload} had ${most} Pods at once.`, {
        expected: `at most ${replicas}`,
        actual: String(most),
        entries: [at],
      })
    }),
})

interface Peak {
  readonly most: number
  readonly at: Observation
}

function judged(workload: string, history: readonly HistoryEntry[], judge: (peak: Peak) => Judgement | undefined): Judgement {
  const there = new Set<string>()
  const made = new Set<string>()
  let peak: Peak | undefined
  for (const observation of observationsOf(history, 'Pod')) {
    const { name, uid } = observation.object.metadata
    if (!name.startsWith(`${workload}-`)) continue
    made.add(uid)
    // A Deployment that recreates its Pods makes the new one while the object of the old one, whose containers have ended, is still there.
    if (observation.event === 'DELETED' || hasEnded(observation.object)) there.delete(uid)
    else there.add(uid)
    if (peak === undefined || there.size > peak.most) peak = { most: there.size, at: observation }
  }
  if (peak === undefined || made.size < 2) return inconclusive(`No Pod of ${workload} took the place of another.`)
  return judge(peak) ?? { outcome: 'upheld', evaluated: made.size }
}
