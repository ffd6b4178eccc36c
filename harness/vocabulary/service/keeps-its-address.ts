import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** A Pod by name. */
export interface AddressedPod {
  readonly pod: string
}

/** A Pod has one address for as long as it is there. See https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/ */
export const keepsItsAddress = defineCheck<AddressedPod>({
  name: 'keeps-its-address',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} keeps its address`,
  judge,
})

function judge({ pod }: AddressedPod, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Pod', pod).filter(({ object }) => field(object, 'status', 'podIP') !== undefined)
  const [first] = seen
  if (first === undefined) return inconclusive(`Pod ${pod} was never seen with an address.`)
  const address = field(first.object, 'status', 'podIP')
  const same = seen.filter(({ object }) => object.metadata.uid === first.object.metadata.uid)
  const other = same.find(({ object }) => field(object, 'status', 'podIP') !== address)
  if (other !== undefined) {
    const actual = String(field(other.object, 'status', 'podIP'))
    return violated(`Pod ${pod} got another address: ${actual} instead of ${String(address)}.`, {
      expected: String(address),
      actual,
      entries: [first, other],
    })
  }
  return { outcome: 'upheld', evaluated: same.length }
}
