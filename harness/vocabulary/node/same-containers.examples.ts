import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './same-containers.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { before: { pod: 'web-0', label: 'before' }, after: { pod: 'web-0', label: 'after' } }
const ids = (label: string, ...value: readonly string[]) => measured('containers', label, { pod: 'web-0', value })

export const sameContainers = {
  upholds: [{ title: 'the same one', params, history: historyOf(ids('before', 'a'), ids('after', 'a')) }],
  rejects: [
    { title: 'one more', params, history: historyOf(ids('before', 'a'), ids('after', 'a', 'b')) },
    { title: 'another one', params, history: historyOf(ids('before', 'a'), ids('after', 'b')) },
    { title: 'none any more', params, history: historyOf(ids('before', 'a'), ids('after')) },
  ],
  gaps: [
    { title: 'read once', params, history: historyOf(ids('before', 'a')) },
    { title: 'restarted before', params, history: historyOf(ids('before', 'a', 'b'), ids('after', 'a', 'b')) },
  ],
} satisfies Examples<typeof checks.sameContainers>
