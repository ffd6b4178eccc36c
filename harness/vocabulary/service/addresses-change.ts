import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** Names of Pods of which one took the place of another, or the one name that they had in turn. */
export interface SuccessivePods {
  readonly pods: readonly string[]
}

/**
 * Each Pod that took the place of another has an address that none had before.
 * See https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
 */
export const addressesChange = defineCheck<SuccessivePods>({
  name: 'addresses-change',
  reads: ['Pod'],
  describe: ({ pods }) => `each Pod of the name ${pods.join(' or ')} has another address than those before it`,
  judge,
})

function judge({ pods }: SuccessivePods, history: readonly HistoryEntry[]): Judgement {
  const names = pods.join(' and ')
  const addressed = observationsOf(history, 'Pod').filter(
    ({ object }) => pods.includes(object.metadata.name) && field(object, 'status', 'podIP') !== undefined,
  )
  const firstOfEach = new Map<string, Observation>()
  for (const entry of addressed) if (!firstOfEach.has(entry.object.metadata.uid)) firstOfEach.set(entry.object.metadata.uid, entry)
  const byAddress = new Map<string, Observation>()
  for (const entry of firstOfEach.values()) {
    const address = String(field(entry.object, 'status', 'podIP'))
    const before = byAddress.get(address)
    if (before !== undefined) {
      return violated(`Pod ${entry.object.metadata.name} got the address ${address} of the Pod before it.`, {
        expected: 'an address that none had before',
        actual: address,
        entries: [before, entry],
      })
    }
    byAddress.set(address, entry)
  }
  if (byAddress.size > 1) return { outcome: 'upheld', evaluated: byAddress.size }
  return inconclusive(`${byAddress.size === 0 ? 'No Pod' : 'Only one Pod'} of the name ${names} was seen with an address.`)
}
