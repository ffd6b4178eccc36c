import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './tried-to-start.ts'
import { historyOf, podReady, podRunning, podStatus, seen } from '../../../engine/history/literal.ts'

const params = { pods: ['copy-1', 'copy-2'] }
const failed = seen('Pod', 'copy-2', {
  status: { ...podStatus.running, containerStatuses: [{ restartCount: 0, state: { terminated: { exitCode: 1 } } }] },
})

export const triedToStart = {
  holds: [
    { title: 'one Ready, one failed', params, history: historyOf(podReady('copy-1'), failed) },
    { title: 'both Ready', params, history: historyOf(podReady('copy-1'), podReady('copy-2')) },
  ],
  not: [
    { title: 'one still starts', params, history: historyOf(podReady('copy-1'), podRunning('copy-2')) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.triedToStart>
