import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { observationsOf } from '../../engine/object.ts'

/** A Deployment and how many Pods of it were to be seen, those that took the place of others included. */
export interface RandomNames {
  readonly deployment: string
  readonly pods: number
}

/** What the API server puts behind a prefix: letters and digits that make no words. */
const suffix = /^[bcdfghjklmnpqrstvwxz2456789]{1,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/u

/**
 * Each Pod of a Deployment is named after it, with the hash of its template and a random part behind, and no two have the same name.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export const namedAtRandom = defineCheck<RandomNames>({
  name: 'named-at-random',
  reads: ['Pod'],
  describe: ({ deployment, pods }) => `at least ${pods} Pods of Deployment ${deployment}, each with a random name that no other has`,
  judge,
})

function judge({ deployment, pods }: RandomNames, history: readonly HistoryEntry[]): Judgement {
  const byName = new Map<string, Observation>()
  for (const entry of observationsOf(history, 'Pod')) {
    const { name, uid } = entry.object.metadata
    if (!name.startsWith(`${deployment}-`)) continue
    const before = byName.get(name)
    if (before !== undefined && before.object.metadata.uid !== uid)
      return violated(`Two Pods of Deployment ${deployment} had the name ${name}.`, { expected: 'another name', entries: [before, entry] })
    if (!suffix.test(name.slice(deployment.length + 1))) {
      return violated(`Pod ${name} of Deployment ${deployment} has no random name.`, {
        expected: `${deployment}-<hash>-<random part>`,
        actual: name,
        entries: [entry],
      })
    }
    byName.set(name, entry)
  }
  if (byName.size >= pods) return { outcome: 'upheld', evaluated: byName.size }
  return inconclusive(`Only ${byName.size} of ${pods} Pods of Deployment ${deployment} were seen.`)
}
