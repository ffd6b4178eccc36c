import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'
import type * as checks from './first-warning-is.ts'

const params = { kind: 'Pod', name: 'second', reason: 'FailedAttachVolume', says: ['Multi-Attach', 'Waiting for detach'] } as const
const event = (reason: string, message: string, of: { readonly name?: string; readonly type?: string } = {}) => {
  const { name = 'second', type = 'Warning' } = of
  return seen('Event', `${reason}-${name}`, { involvedObject: { kind: 'Pod', name }, type, reason, message })
}
const attach = event('FailedAttachVolume', 'Multi-Attach error for volume')

export const firstWarningIs = {
  upholds: [
    {
      title: 'before another one',
      params,
      history: historyOf(event('Scheduled', 'a', { type: 'Normal' }), attach, event('FailedMount', 'b')),
    },
  ],
  rejects: [
    { title: 'another one came before', params, history: historyOf(event('FailedMount', 'timed out'), attach) },
    { title: 'other words', params, history: historyOf(event('FailedAttachVolume', 'rpc error')) },
  ],
  gaps: [{ title: 'no Warning about it', params, history: historyOf(event('FailedMount', 'a', { name: 'other' })) }],
} satisfies Examples<typeof checks.firstWarningIs>
