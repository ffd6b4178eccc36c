import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './containers.ts'
import { historyOf, podAdded, podDeleted, podReady, seen } from '../../engine/history/literal.ts'

const pod = 'web-0'
const withStatus = (status: object) =>
  historyOf(podAdded(pod), seen('Pod', pod, { status: { phase: 'Pending', containerStatuses: [status] } }))

const waiting = { pod, reason: 'CreateContainerConfigError' }

export const containerWaiting = {
  holds: [
    { title: 'waiting for that', params: waiting, history: withStatus({ state: { waiting: { reason: 'CreateContainerConfigError' } } }) },
  ],
  not: [
    { title: 'waiting for something else', params: waiting, history: withStatus({ state: { waiting: { reason: 'ContainerCreating' } } }) },
    { title: 'Ready', params: waiting, history: historyOf(podReady(pod)) },
    { title: 'nothing seen', params: waiting, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.containerWaiting>

const again = { type: 'mark', name: 'again' } as const
const sinceAgain = { pod, since: 'again' }
const failed = (uid: string) => seen('Pod', pod, { uid, status: { containerStatuses: [{ state: { terminated: { exitCode: 1 } } }] } })

export const containerFailed = {
  holds: [
    { title: 'ended with an error', params: { pod }, history: withStatus({ state: { terminated: { exitCode: 1 } } }) },
    {
      title: 'restarted since',
      params: { pod },
      history: withStatus({ state: { running: {} }, lastState: { terminated: { exitCode: 1 } } }),
    },
    {
      title: 'another one ended with an error since the mark',
      params: sinceAgain,
      history: historyOf(podReady(pod, 'a'), again, podDeleted(pod, 'a'), failed('b')),
    },
  ],
  not: [
    { title: 'ended well', params: { pod }, history: withStatus({ state: { terminated: { exitCode: 0 } } }) },
    { title: 'Ready', params: { pod }, history: historyOf(podReady(pod)) },
    {
      title: 'the same one ended with an error since the mark',
      params: sinceAgain,
      history: historyOf(podReady(pod, 'a'), again, failed('a')),
    },
    {
      title: 'another one Ready since the mark',
      params: sinceAgain,
      history: historyOf(podReady(pod, 'a'), again, podDeleted(pod, 'a'), podReady(pod, 'b')),
    },
    { title: 'none was there before the mark', params: sinceAgain, history: historyOf(again, failed('b')) },
    { title: 'nothing seen', params: { pod }, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.containerFailed>
