import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { hasEnded } from '../../pod/readings.ts'

/** A Deployment by name. */
export interface DeploymentName {
  readonly deployment: string
}

/**
 * No Pod of a Deployment is created before the containers of every other of it have ended.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment
 */
export const onePodAtATime = defineCheck<DeploymentName>({
  name: 'one-pod-at-a-time',
  reads: ['Pod'],
  describe: ({ deployment }) => `each Pod of Deployment ${deployment} is created only after the one before has ended`,
  judge,
})

function judge({ deployment }: DeploymentName, history: readonly HistoryEntry[]): Judgement {
  const present = new Map<string, Observation>()
  const seen = new Set<string>()
  for (const observation of observationsOf(history, 'Pod')) {
    const { name, uid } = observation.object.metadata
    if (!name.startsWith(`${deployment}-`)) continue
    if (observation.event === 'DELETED' || hasEnded(observation.object)) {
      present.delete(uid)
      continue
    }
    const [other] = [...present.values()].filter(({ object }) => object.metadata.uid !== uid)
    if (!seen.has(uid) && other !== undefined) {
      const before = other.object.metadata.name
      return violated(`Pod ${name} of Deployment ${deployment} was created while Pod ${before} was still running.`, {
        expected: `${before} ended when ${name} is created`,
        actual: `${before} had not ended (resourceVersion ${other.object.metadata.resourceVersion})`,
        entries: [other, observation],
      })
    }
    seen.add(uid)
    present.set(uid, observation)
  }
  if (seen.size < 2) return inconclusive(`${seen.size} Pods of Deployment ${deployment} were seen: none took the place of another.`)
  return { outcome: 'upheld', evaluated: seen.size }
}
