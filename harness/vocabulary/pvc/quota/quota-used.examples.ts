import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import { historyOf, seen } from '../../../engine/history/literal.ts'
import type * as conditions from './quota-used.ts'

const params = { resourceQuota: 'storage', used: { 'requests.storage': '1Gi', persistentvolumeclaims: '2' } }
const quota = (used: Readonly<Record<string, string>>) => historyOf(seen('ResourceQuota', 'storage', { status: { used } }))

export const quotaUsed = {
  holds: [
    { title: 'as much, in other units', params, history: quota({ 'requests.storage': '1024Mi', persistentvolumeclaims: '2', pods: '9' }) },
  ],
  not: [
    { title: 'less', params, history: quota({ 'requests.storage': '512Mi', persistentvolumeclaims: '2' }) },
    { title: 'one of them not counted', params, history: quota({ 'requests.storage': '1Gi' }) },
    { title: 'not there', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.quotaUsed>

const named = { resourceQuota: 'storage' }

export const quotaCounted = {
  holds: [
    {
      title: 'counted',
      params: named,
      history: historyOf(seen('ResourceQuota', 'storage', { status: { used: { 'requests.storage': '0' } } })),
    },
  ],
  not: [
    { title: 'just made', params: named, history: historyOf(seen('ResourceQuota', 'storage')) },
    { title: 'never seen', params: named, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.quotaCounted>
