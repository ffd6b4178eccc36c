import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './all-started.ts'
import { historyOf, podReady, podRunning, podStatus, seen } from '../../../engine/history/literal.ts'

const params = { pods: ['moment-1', 'moment-2'] }
const failed = seen('Pod', 'moment-2', {
  status: { ...podStatus.restarted, containerStatuses: [{ restartCount: 1, lastState: { terminated: { exitCode: 1 } } }] },
})

export const allStarted = {
  holds: [{ title: 'both', params, history: historyOf(podReady('moment-1'), podReady('moment-2')) }],
  not: [
    { title: 'one is not Ready', params, history: historyOf(podReady('moment-1'), podRunning('moment-2')) },
    { title: 'one failed first', params, history: historyOf(podReady('moment-1'), failed) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.allStarted>
