import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, podReady, seen } from '../../engine/history/literal.ts'
import type * as checks from './gone-while.ts'

const gone = (state: object) =>
  historyOf(podReady('web'), seen('Pod', 'web', { event: 'DELETED', status: { containerStatuses: [{ state }] } }))
const [ended, running] = [gone({ terminated: { exitCode: 0 } }), gone({ running: {} })]

export const goneWhile = {
  upholds: [
    { title: 'it waited for the node', params: { pod: 'web', containers: 'ended' }, history: ended },
    { title: 'it did not', params: { pod: 'web', containers: 'running' }, history: running },
  ],
  rejects: [
    { title: 'it did not wait', params: { pod: 'web', containers: 'ended' }, history: running },
    { title: 'it waited', params: { pod: 'web', containers: 'running' }, history: ended },
  ],
  gaps: [
    { title: 'still there', params: { pod: 'web', containers: 'ended' }, history: historyOf(podReady('web')) },
    { title: 'never started', params: { pod: 'web', containers: 'ended' }, history: historyOf(seen('Pod', 'web', { event: 'DELETED' })) },
  ],
} satisfies Examples<typeof checks.goneWhile>
