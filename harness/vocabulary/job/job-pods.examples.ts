import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './job-pods.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const params = { job: 'copy' }
const owners = [{ kind: 'Job', name: 'copy', uid: 'j' }]
const pod = (phase: string, nodeName?: string) => seen('Pod', 'copy-a', { owners, status: { phase }, spec: { nodeName } })
const other = seen('Pod', 'other', { status: { phase: 'Pending' }, spec: { nodeName: 'one' } })

export const jobScheduled = {
  holds: [{ title: 'on a node', params, history: historyOf(pod('Pending'), pod('Pending', 'one')) }],
  not: [
    { title: 'no node yet', params, history: historyOf(pod('Pending'), other) },
    { title: 'no Pod', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.jobScheduled>

export const jobWaiting = {
  holds: [{ title: 'Pending', params, history: historyOf(pod('Pending', 'one')) }],
  not: [
    { title: 'runs', params, history: historyOf(pod('Running', 'one')) },
    { title: 'has run', params, history: historyOf(pod('Succeeded', 'one')) },
    { title: 'no Pod', params, history: historyOf(other) },
  ],
} satisfies Examples<typeof conditions.jobWaiting>

const seenJob = seen('Job', 'copy', { status: {} })

export const jobWithoutPods = {
  holds: [
    { title: 'only a Pod of another', params, history: historyOf(seenJob, other) },
    { title: 'only the Job', params, history: historyOf(seenJob) },
  ],
  not: [
    { title: 'a Pod', params, history: historyOf(seenJob, pod('Pending')) },
    { title: 'had a Pod', params, history: historyOf(seenJob, pod('Pending'), seen('Pod', 'copy-a', { owners, event: 'DELETED' })) },
    { title: 'no Job', params, history: historyOf(other) },
  ],
} satisfies Examples<typeof conditions.jobWithoutPods>
