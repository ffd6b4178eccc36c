import { field, latest } from '../../../engine/object.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'

/** A ResourceQuota is in force: its controller has counted what there is, and from then on the API server refuses what is too much. */
export const quotaInForce = defineCondition<{ readonly resourceQuota: string }>({
  name: 'quota-in-force',
  reads: ['ResourceQuota'],
  describe: ({ resourceQuota }) => `ResourceQuota ${resourceQuota} in force`,
  holds: ({ resourceQuota }, history) => field(latest(history, 'ResourceQuota', resourceQuota), 'status', 'hard') !== undefined,
  seen: ({ resourceQuota }, history) => JSON.stringify(field(latest(history, 'ResourceQuota', resourceQuota), 'status') ?? 'no status'),
})
