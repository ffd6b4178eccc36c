import { field, latest } from '../../../engine/object.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
<<<<<<<< HEAD:harness/vocabulary/pvc/quotas.ts
import { field, latest } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
========
import { field, latest } from '../../../engine/object.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
>>>>>>>> w-rb:harness/vocabulary/pvc/quota/quotas.ts
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'

/** A ResourceQuota counts so much requested storage, for example `640Mi`. Its controller may lag behind what the API server has counted. */
export const storageCounted = defineCondition<{ readonly resourceQuota: string; readonly storage: string }>({
  name: 'storage-counted',
  reads: ['ResourceQuota'],
  describe: ({ resourceQuota, storage }) => `ResourceQuota ${resourceQuota} counts ${storage}`,
  holds: ({ resourceQuota, storage }, history) => countedBy(history, resourceQuota) === storage,
  seen: ({ resourceQuota }, history) => `ResourceQuota ${resourceQuota} counts ${countedBy(history, resourceQuota) ?? 'nothing'}`,
})

/** A ResourceQuota is in force: its controller has counted what there is, and from then on the API server refuses what is too much. */
export const quotaInForce = defineCondition<{ readonly resourceQuota: string }>({
  name: 'quota-in-force',
  reads: ['ResourceQuota'],
  describe: ({ resourceQuota }) => `ResourceQuota ${resourceQuota} in force`,
  holds: ({ resourceQuota }, history) => field(latest(history, 'ResourceQuota', resourceQuota), 'status', 'hard') !== undefined,
  seen: ({ resourceQuota }, history) => JSON.stringify(field(latest(history, 'ResourceQuota', resourceQuota), 'status') ?? 'no status'),
})

function countedBy(history: readonly HistoryEntry[], resourceQuota: string): string | undefined {
  const counted = field(latest(history, 'ResourceQuota', resourceQuota), 'status', 'used', 'requests.storage')
  return typeof counted === 'string' ? counted : undefined
}
