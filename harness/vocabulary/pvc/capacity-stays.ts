import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { parseQuantity } from '../../engine/quantity.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** A PersistentVolumeClaim and the capacity it is to have throughout. */
export interface Capacity {
  readonly pvc: string
  readonly capacity: string
}

/** Request and capacity of a Bound PersistentVolumeClaim and the capacity of its PersistentVolume never differ from one size. */
export const capacityStays = defineCheck<Capacity>({
  name: 'capacity-stays',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc, capacity }) => `request, capacity and PersistentVolume of ${pvc} stay at ${capacity}`,
  judge,
})

function judge({ pvc, capacity }: Capacity, history: readonly HistoryEntry[]): Judgement {
  const bound = observationsOf(history, 'PersistentVolumeClaim', pvc).filter(({ object }) => field(object, 'status', 'phase') === 'Bound')
  const [first] = bound
  if (first === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was never seen Bound.`)
  const volume = String(field(first.object, 'spec', 'volumeName'))
  const volumes = observationsOf(history, 'PersistentVolume', volume)
  if (volumes.length === 0) return inconclusive(`PersistentVolume ${volume} of PersistentVolumeClaim ${pvc} was never seen.`)
  const sizes = [
    ...bound.map((entry) => ({
      entry,
      what: `request of PersistentVolumeClaim ${pvc}`,
      size: at(entry, 'spec', 'resources', 'requests', 'storage'),
    })),
    ...bound.map((entry) => ({
      entry,
      what: `capacity of PersistentVolumeClaim ${pvc}`,
      size: at(entry, 'status', 'capacity', 'storage'),
    })),
    ...volumes.map((entry) => ({ entry, what: `capacity of PersistentVolume ${volume}`, size: at(entry, 'spec', 'capacity', 'storage') })),
  ]
  const other = sizes.find(({ size }) => size === undefined || parseQuantity(size) !== parseQuantity(capacity))
  if (other !== undefined) {
    return violated(`The ${other.what} became ${other.size ?? 'unset'} though it was to stay at ${capacity}.`, {
      expected: capacity,
      actual: other.size ?? 'unset',
      entries: [first, other.entry],
    })
  }
  return { outcome: 'upheld', evaluated: sizes.length }
}

function at({ object }: Observation, ...path: readonly string[]): string | undefined {
  const value = field(object, ...path)
  return typeof value === 'string' ? value : undefined
}
