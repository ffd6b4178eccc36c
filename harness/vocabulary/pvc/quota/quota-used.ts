import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { field, latest } from '../../../engine/object.ts'
import { parseQuantity } from '../../../engine/quantity.ts'

/** A ResourceQuota and what its status says is used, by resource. */
export interface QuotaUse {
  readonly resourceQuota: string
  readonly used: Readonly<Record<string, string>>
}

/** The status of a ResourceQuota says that so much of some resources is used. */
export const quotaUsed = defineCondition<QuotaUse>({
  name: 'quota-used',
  reads: ['ResourceQuota'],
  describe: ({ resourceQuota, used }) => `use of ResourceQuota ${resourceQuota}: ${JSON.stringify(used)}`,
  holds({ resourceQuota, used }, history) {
    const found = usedNow(history, resourceQuota)
    return Object.entries(used).every(([resource, amount]) => {
      const counted = field(found, resource)
      return typeof counted === 'string' && parseQuantity(counted) === parseQuantity(amount)
    })
  },
  seen: ({ resourceQuota }, history) =>
    `use of ResourceQuota ${resourceQuota}: ${JSON.stringify(usedNow(history, resourceQuota) ?? 'unknown')}`,
})

/**
 * A ResourceQuota knows what is used already: until then it limits nothing. The API server may learn of that a moment later. That it
 * knows is shown by a request that it counted, and what went up by its own count it knows at once.
 */
export const quotaCounted = defineCondition<{ readonly resourceQuota: string }>({
  name: 'quota-counted',
  reads: ['ResourceQuota'],
  describe: ({ resourceQuota }) => `use of ResourceQuota ${resourceQuota} known`,
  holds: ({ resourceQuota }, history) => usedNow(history, resourceQuota) !== undefined,
  seen: ({ resourceQuota }, history) =>
    `ResourceQuota ${resourceQuota}, ${JSON.stringify(usedNow(history, resourceQuota) ?? 'not counted')}`,
})

function usedNow(history: readonly HistoryEntry[], name: string): unknown {
  return field(latest(history, 'ResourceQuota', name), 'status', 'used')
}
