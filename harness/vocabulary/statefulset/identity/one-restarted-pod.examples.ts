import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './one-restarted-pod.ts'
import { gap, historyOf, seen } from '../../../engine/history/literal.ts'

const params = { job: 'backup', restarts: 2 }
const owners = [{ kind: 'Job', name: 'backup', uid: 'j' }]
const pod = (name: string, restartCount: number) => seen('Pod', name, { owners, status: { containerStatuses: [{ restartCount }] } })

export const oneRestartedPod = {
  upholds: [{ title: 'the same Pod, restarted twice', params, history: historyOf(pod('backup-a', 0), pod('backup-a', 2)) }],
  rejects: [
    { title: 'another Pod each time', params, history: historyOf(pod('backup-a', 0), pod('backup-b', 0), pod('backup-c', 0)) },
    { title: 'restarted once', params, history: historyOf(pod('backup-a', 0), pod('backup-a', 1)) },
  ],
  gaps: [
    { title: 'no Pod was seen', params, history: historyOf() },
    { title: 'a Pod may have been missed', params, history: historyOf(pod('backup-a', 2), gap('Pod')) },
  ],
} satisfies Examples<typeof checks.oneRestartedPod>
