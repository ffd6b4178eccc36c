import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './pod-back.ts'
import { historyOf, podReady, podRunning, podStatus, seen } from '../../../engine/history/literal.ts'

const params = { pod: 'db-0', uid: 'uid-of-db-0', restarts: 0 }
const restarted = seen('Pod', 'db-0', { status: podStatus.restarted })

export const podBack = {
  holds: [
    { title: 'a container was restarted', params, history: historyOf(podReady('db-0'), podRunning('db-0'), restarted) },
    { title: 'another Pod', params, history: historyOf(podReady('db-0'), podReady('db-0', 'another')) },
  ],
  not: [
    { title: 'still as it was', params, history: historyOf(podReady('db-0')) },
    { title: 'the restart was before', params: { ...params, restarts: 1 }, history: historyOf(restarted) },
    { title: 'not Ready yet', params, history: historyOf(podReady('db-0'), podRunning('db-0')) },
    { title: 'gone', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.podBack>
