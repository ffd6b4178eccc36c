import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './restarted-until-ready.ts'
import { historyOf, podAdded, podReady, podStatus, seen } from '../../engine/history/literal.ts'

const params = { pod: 'web-1' }
const restarted = seen('Pod', 'web-1', { status: podStatus.restarted })

export const restartedUntilReady = {
  upholds: [{ title: 'restarted, then Ready', params, history: historyOf(podAdded('web-1'), restarted) }],
  rejects: [{ title: 'Ready at once, restarted later', params, history: historyOf(podReady('web-1'), restarted) }],
  gaps: [{ title: 'never Ready', params, history: historyOf(podAdded('web-1'), podReady('web-0')) }],
} satisfies Examples<typeof checks.restartedUntilReady>
