import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './quotas.ts'
import { historyOf, seen } from '../../../engine/history/literal.ts'

const params = { resourceQuota: 'pvcs' }

export const quotaInForce = {
  holds: [{ title: 'counted', params, history: historyOf(seen('ResourceQuota', 'pvcs', { status: { hard: { pods: '1' } } })) }],
  not: [
    { title: 'not counted yet', params, history: historyOf(seen('ResourceQuota', 'pvcs')) },
    { title: 'not there', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.quotaInForce>
