import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './quotas.ts'
import { historyOf, seen } from '../../../engine/history/literal.ts'

const params = { resourceQuota: 'pvcs' }

const counted = { resourceQuota: 'pvcs', storage: '640Mi' }
const counting = (storage: string) => seen('ResourceQuota', 'pvcs', { status: { used: { 'requests.storage': storage } } })

export const storageCounted = {
  holds: [{ title: 'so much', params: counted, history: historyOf(counting('320Mi'), counting('640Mi')) }],
  not: [
    { title: 'less', params: counted, history: historyOf(counting('640Mi'), counting('320Mi')) },
    { title: 'nothing yet', params: counted, history: historyOf(seen('ResourceQuota', 'pvcs')) },
    { title: 'not there', params: counted, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.storageCounted>

export const quotaInForce = {
  holds: [{ title: 'counted', params, history: historyOf(seen('ResourceQuota', 'pvcs', { status: { hard: { pods: '1' } } })) }],
  not: [
    { title: 'not counted yet', params, history: historyOf(seen('ResourceQuota', 'pvcs')) },
    { title: 'not there', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.quotaInForce>
