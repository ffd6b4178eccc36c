import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './api-server-away.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const params = { before: { node: 'one', label: 'before' }, away: { node: 'one', label: 'away' } }
const heard = (label: string, said: string): LiteralEntry => ({
  type: 'measurement',
  what: 'api-server',
  label,
  subject: { kind: 'Node', name: 'one' },
  value: { said },
})
const answer = 'HTTP/1.0 400 Bad Request'

export const apiServerAway = {
  upholds: [{ title: 'silent', params, history: historyOf(heard('before', answer), heard('away', '')) }],
  rejects: [{ title: 'it answers', params, history: historyOf(heard('before', answer), heard('away', answer)) }],
  gaps: [
    { title: 'never answered', params, history: historyOf(heard('before', ''), heard('away', '')) },
    { title: 'asked once', params, history: historyOf(heard('away', '')) },
  ],
} satisfies Examples<typeof checks.apiServerAway>
