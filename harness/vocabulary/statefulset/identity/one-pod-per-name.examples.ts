import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './one-pod-per-name.ts'
import { gap, historyOf, podAdded, seen } from '../../../engine/history/literal.ts'

const params = { pod: 'web-0' }
const spec = { nodeName: 'one' }
const running = { phase: 'Running', containerStatuses: [{ name: 'main', state: { running: {} } }] }
const ended = { phase: 'Failed', containerStatuses: [{ name: 'main', state: { terminated: { exitCode: 143 } } }] }
const first = seen('Pod', 'web-0', { event: 'ADDED', spec, status: running })
const marked = seen('Pod', 'web-0', { spec, status: running, terminating: true })
const goneEnded = seen('Pod', 'web-0', { event: 'DELETED', spec, status: ended, terminating: true })
const goneRunning = seen('Pod', 'web-0', { event: 'DELETED', spec, status: running, terminating: true })
const conditionsOf = (reason?: string) => [{ type: 'ContainersReady', status: reason === undefined ? 'True' : 'False', reason }]
const gone = (phase: string, reason?: string) => {
  const status = { ...running, phase, conditions: conditionsOf(reason) }
  return seen('Pod', 'web-0', { event: 'DELETED', spec, status, terminating: true })
}
const second = podAdded('web-0', 'second')

export const onePodPerName = {
  upholds: [
    { title: 'the second once the first has ended', params, history: historyOf(first, marked, goneEnded, second) },
    {
      title: 'the first was on no node',
      params,
      history: historyOf(podAdded('web-0'), seen('Pod', 'web-0', { event: 'DELETED' }), second),
    },
    {
      title: 'the kubelet said by the phase that the first had ended, with the statuses of a moment before',
      params,
      history: historyOf(first, gone('Failed', 'PodFailed'), second),
    },
  ],
  rejects: [
    { title: 'the first was deleted by force', params, history: historyOf(first, marked, goneRunning, second) },
    { title: 'the first was being ended', params, history: historyOf(first, gone('Running', 'PodFailed'), second) },
    { title: 'somebody else called the first failed', params, history: historyOf(first, gone('Failed'), second) },
  ],
  gaps: [
    { title: 'none was replaced', params, history: historyOf(first, marked) },
    { title: 'what came between was not seen', params, history: historyOf(first, goneEnded, gap('Pod'), second) },
  ],
} satisfies Examples<typeof checks.onePodPerName>
