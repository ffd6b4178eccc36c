import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import {
  historyOf,
  podAdded,
  podDeleted,
  podReady as ready,
  podRunning,
  podStatus,
  podTerminating,
  pvcSeen,
  seen,
} from '../../engine/history/literal.ts'

const params = { pod: 'web-0' }
const none = { title: 'nothing seen', params, history: historyOf() }

export const podReady = {
  holds: [{ title: 'Running and Ready', params, history: historyOf(podAdded('web-0'), ready('web-0')) }],
  not: [
    none,
    { title: 'Running only', params, history: historyOf(podRunning('web-0')) },
    { title: 'Ready and terminating', params, history: historyOf(ready('web-0'), podTerminating('web-0')) },
    { title: 'gone', params, history: historyOf(ready('web-0'), podDeleted('web-0')) },
  ],
} satisfies Examples<typeof conditions.podReady>

export const podNotReady = {
  holds: [{ title: 'no longer Ready', params, history: historyOf(ready('web-0'), podRunning('web-0')) }],
  not: [
    none,
    { title: 'Ready', params, history: historyOf(ready('web-0')) },
    { title: 'Pending', params, history: historyOf(podAdded('web-0')) },
  ],
} satisfies Examples<typeof conditions.podNotReady>

const two = { statefulSet: 'web', replicas: 2 }

export const podsReady = {
  holds: [
    { title: 'both Ready', params: two, history: historyOf(ready('web-0'), ready('web-1'), podAdded('other-0')) },
    {
      title: 'none wanted, none there',
      params: { statefulSet: 'web', replicas: 0 },
      history: historyOf(ready('web-0'), podDeleted('web-0')),
    },
  ],
  not: [
    { title: 'one Ready', params: two, history: historyOf(ready('web-0'), podRunning('web-1')) },
    { title: 'one too many', params: two, history: historyOf(ready('web-0'), ready('web-1'), podTerminating('web-2')) },
    { title: 'of another StatefulSet', params: two, history: historyOf(ready('web-0'), ready('web-db-1')) },
  ],
} satisfies Examples<typeof conditions.podsReady>

export const podPresent = {
  holds: [{ title: 'created', params, history: historyOf(podAdded('web-0')) }],
  not: [none, { title: 'gone', params, history: historyOf(podAdded('web-0'), podDeleted('web-0')) }],
} satisfies Examples<typeof conditions.podPresent>

export const podGone = {
  holds: [
    { title: 'deleted', params, history: historyOf(podAdded('web-0'), podDeleted('web-0')) },
    {
      title: 'deleted a second time',
      params,
      history: historyOf(podAdded('web-0', 'a'), podDeleted('web-0', 'a'), podAdded('web-0', 'b'), podDeleted('web-0', 'b')),
    },
  ],
  not: [
    none,
    { title: 'terminating', params, history: historyOf(podAdded('web-0'), podTerminating('web-0')) },
    { title: 'another is there', params, history: historyOf(podAdded('web-0', 'a'), podDeleted('web-0', 'a'), podAdded('web-0', 'b')) },
    { title: 'another Pod was deleted', params, history: historyOf(podDeleted('web-1')) },
  ],
} satisfies Examples<typeof conditions.podGone>

export const podAbsent = {
  holds: [none, { title: 'gone', params, history: historyOf(podAdded('web-0'), podDeleted('web-0')) }],
  not: [{ title: 'terminating', params, history: historyOf(podAdded('web-0'), podTerminating('web-0')) }],
} satisfies Examples<typeof conditions.podAbsent>

const again = { type: 'mark', name: 'again' } as const
const sinceAgain = { ...params, since: 'again' }
const replacedOnce = [ready('web-0', 'a'), podDeleted('web-0', 'a'), ready('web-0', 'b')] as const

export const podRecreated = {
  holds: [{ title: 'a new UID', params, history: historyOf(podAdded('web-0', 'a'), podDeleted('web-0', 'a'), podAdded('web-0', 'b')) }],
  not: [
    none,
    { title: 'the first', params, history: historyOf(podAdded('web-0', 'a')) },
    { title: 'gone', params, history: historyOf(podAdded('web-0', 'a'), podDeleted('web-0', 'a')) },
  ],
} satisfies Examples<typeof conditions.podRecreated>

export const podReplaced = {
  holds: [
    { title: 'a new UID Ready', params, history: historyOf(...replacedOnce) },
    {
      title: 'a new UID since the mark',
      params: sinceAgain,
      history: historyOf(...replacedOnce, again, podDeleted('web-0', 'b'), ready('web-0', 'c')),
    },
  ],
  not: [
    none,
    { title: 'not once more since the mark', params: sinceAgain, history: historyOf(...replacedOnce, again, ready('web-0', 'b')) },
    { title: 'gone since the mark', params: sinceAgain, history: historyOf(...replacedOnce, again, podDeleted('web-0', 'b')) },
    { title: 'without the mark', params: sinceAgain, history: historyOf(...replacedOnce) },
    { title: 'none was there before the mark', params: sinceAgain, history: historyOf(again, ready('web-0', 'b')) },
    { title: 'the same Pod', params, history: historyOf(ready('web-0'), ready('web-0')) },
    {
      title: 'its PVC was marked for deletion',
      params,
      history: historyOf(
        seen('Pod', 'web-0', { spec: { volumes: [{ persistentVolumeClaim: { claimName: 'data-web-0' } }] } }),
        podDeleted('web-0'),
        pvcSeen('data-web-0', { terminating: true }),
      ),
    },
    { title: 'a new UID, not Ready yet', params, history: historyOf(ready('web-0', 'a'), podAdded('web-0', 'b')) },
  ],
} satisfies Examples<typeof conditions.podReplaced>

export const podRestarted = {
  holds: [
    { title: 'restarted and Ready', params, history: historyOf(ready('web-0'), seen('Pod', 'web-0', { status: podStatus.restarted })) },
  ],
  not: [none, { title: 'not restarted', params, history: historyOf(ready('web-0')) }],
} satisfies Examples<typeof conditions.podRestarted>
