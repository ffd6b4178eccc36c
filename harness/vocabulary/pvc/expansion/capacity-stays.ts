import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { parseQuantity } from '../../../engine/quantity.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'

/** A PersistentVolumeClaim and the size that it asks for throughout. */
export interface Capacity {
  readonly pvc: string
  readonly capacity: string
}

/**
 * A Bound PersistentVolumeClaim asks for one size throughout. Its capacity, and that of its PersistentVolume, is at least as large and
 * never changes. See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding
 */
export const capacityStays = defineCheck<Capacity>({
  name: 'capacity-stays',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc, capacity }) => `request of ${pvc} stays at ${capacity}, and its capacity and PersistentVolume as they are`,
  judge,
})

function judge({ pvc, capacity }: Capacity, history: readonly HistoryEntry[]): Judgement {
  const bound = observationsOf(history, 'PersistentVolumeClaim', pvc).filter(({ object }) => field(object, 'status', 'phase') === 'Bound')
  const [first] = bound
  if (first === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was never seen Bound.`)
  const volume = String(field(first.object, 'spec', 'volumeName'))
  const volumes = observationsOf(history, 'PersistentVolume', volume)
  if (volumes.length === 0) return inconclusive(`PersistentVolume ${volume} of PersistentVolumeClaim ${pvc} was never seen.`)
  const given = at(first, 'status', 'capacity', 'storage')
  const least = Math.max(parseQuantity(capacity), given === undefined ? 0 : parseQuantity(given))
  const sizes = [
    ...bound.map((entry) => ({
      ...{ entry, wanted: parseQuantity(capacity), what: `request of PersistentVolumeClaim ${pvc}` },
      size: at(entry, 'spec', 'resources', 'requests', 'storage'),
    })),
    ...bound.map((entry) => ({
      ...{ entry, wanted: least, what: `capacity of PersistentVolumeClaim ${pvc}` },
      size: at(entry, 'status', 'capacity', 'storage'),
    })),
    ...volumes.map((entry) => ({
      ...{ entry, wanted: least, what: `capacity of PersistentVolume ${volume}` },
      size: at(entry, 'spec', 'capacity', 'storage'),
    })),
  ]
  const other = sizes.find(({ size, wanted }) => size === undefined || parseQuantity(size) !== wanted)
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
