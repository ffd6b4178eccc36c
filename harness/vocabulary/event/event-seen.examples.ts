import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'
import type * as conditions from './event-seen.ts'

const params = { kind: 'PersistentVolumeClaim', name: 'data', type: 'Warning', reason: 'ProvisioningFailed', says: 'not found' } as const
const event = (of: { readonly name?: string; readonly type?: string; readonly reason?: string; readonly message?: string } = {}) => {
  const { name = 'data', type = 'Warning', reason = 'ProvisioningFailed', message = 'storageclass "a" not found' } = of
  return seen('Event', 'one', { involvedObject: { kind: 'PersistentVolumeClaim', name }, type, reason, message })
}

export const eventSeen = {
  holds: [
    { title: 'about the object, with the words', params, history: historyOf(event()) },
    { title: 'whatever it says', params: { ...params, says: '' }, history: historyOf(event({ message: 'other' })) },
  ],
  not: [
    { title: 'about another object', params, history: historyOf(event({ name: 'other' })) },
    { title: 'of another type', params, history: historyOf(event({ type: 'Normal' })) },
    { title: 'of another reason', params, history: historyOf(event({ reason: 'FailedBinding' })) },
    { title: 'with other words', params, history: historyOf(event({ message: 'other' })) },
    { title: 'none', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.eventSeen>
