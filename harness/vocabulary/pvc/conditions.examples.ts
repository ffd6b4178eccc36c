import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, pvcSeen, pvSeen, seen } from '../../engine/history/literal.ts'

const params = { pvc: 'data' }
const pending = seen('PersistentVolumeClaim', 'data', { event: 'ADDED', status: { phase: 'Pending' } })

export const pvcPresent = {
  holds: [
    { title: 'Pending', params, history: historyOf(pending) },
    { title: 'Bound', params, history: historyOf(pvcSeen('data')) },
  ],
  not: [
    { title: 'never seen', params, history: historyOf() },
    { title: 'gone', params, history: historyOf(pvcSeen('data'), pvcSeen('data', { event: 'DELETED' })) },
  ],
} satisfies Examples<typeof conditions.pvcPresent>

export const pvcAbsent = {
  holds: [{ title: 'gone', params, history: historyOf(pvcSeen('data'), pvcSeen('data', { event: 'DELETED' })) }],
  not: [
    { title: 'on its way', params, history: historyOf(pvcSeen('data', { terminating: true })) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.pvcAbsent>

export const pvcTerminating = {
  holds: [{ title: 'marked', params, history: historyOf(pvcSeen('data'), pvcSeen('data', { terminating: true })) }],
  not: [
    { title: 'not deleted', params, history: historyOf(pvcSeen('data')) },
    { title: 'gone', params, history: historyOf(pvcSeen('data', { terminating: true }), pvcSeen('data', { event: 'DELETED' })) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.pvcTerminating>

export const pvcPending = {
  holds: [{ title: 'waiting', params, history: historyOf(pending) }],
  not: [
    { title: 'Bound', params, history: historyOf(pending, pvcSeen('data')) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.pvcPending>

const owned = { pvc: 'scratch-data', pod: 'scratch' }
const pvcOwnedByUid = (uid: string) => pvcSeen('scratch-data', { owners: [{ kind: 'Pod', name: 'scratch', uid }] })
const pod = seen('Pod', 'scratch', { uid: 'p' })

export const pvcOwnedBy = {
  holds: [{ title: 'owned', params: owned, history: historyOf(pod, pvcOwnedByUid('p')) }],
  not: [
    { title: 'not there yet', params: owned, history: historyOf(pod) },
    { title: 'nobody owns it', params: owned, history: historyOf(pod, pvcSeen('scratch-data')) },
    {
      title: 'owned by an earlier Pod of the name',
      params: owned,
      history: historyOf(pod, pvcOwnedByUid('old')),
    },
  ],
} satisfies Examples<typeof conditions.pvcOwnedBy>

export const volumeRemoved = {
  holds: [
    {
      title: 'PVC and volume gone',
      params,
      history: historyOf(
        pvcSeen('data'),
        pvSeen('pv-of-data'),
        pvcSeen('data', { event: 'DELETED' }),
        pvSeen('pv-of-data', { event: 'DELETED' }),
      ),
    },
  ],
  not: [
    { title: 'the volume stays', params, history: historyOf(pvcSeen('data'), pvSeen('pv-of-data'), pvcSeen('data', { event: 'DELETED' })) },
    { title: 'the PVC stays', params, history: historyOf(pvcSeen('data'), pvSeen('pv-of-data')) },
    { title: 'there never was a volume', params, history: historyOf(pending) },
  ],
} satisfies Examples<typeof conditions.volumeRemoved>

const released = (policy: 'Retain' | 'Delete') => ({
  spec: { persistentVolumeReclaimPolicy: policy },
  status: { phase: 'Released' },
})

export const volumeReleased = {
  holds: [{ title: 'Released', params, history: historyOf(pvcSeen('data'), pvSeen('pv-of-data', released('Retain'))) }],
  not: [
    { title: 'Bound', params, history: historyOf(pvcSeen('data'), pvSeen('pv-of-data')) },
    { title: 'on its way out', params, history: historyOf(pvcSeen('data'), pvSeen('pv-of-data', released('Delete'))) },
    {
      title: 'deleted',
      params,
      history: historyOf(pvcSeen('data'), pvSeen('pv-of-data', { event: 'DELETED', ...released('Retain') })),
    },
  ],
} satisfies Examples<typeof conditions.volumeReleased>

const gold = { pvc: 'data', volumeAttributesClass: 'gold' }
const modified = (current: string, status?: string) =>
  pvcSeen('data', {
    status: {
      phase: 'Bound',
      currentVolumeAttributesClassName: current,
      ...(status !== undefined && { modifyVolumeStatus: { status, targetVolumeAttributesClassName: 'gold' } }),
    },
  })

export const volumeModified = {
  holds: [{ title: 'current', params: gold, history: historyOf(modified('gold')) }],
  not: [
    { title: 'still the old one', params: gold, history: historyOf(modified('silver', 'InProgress')) },
    { title: 'never seen', params: gold, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.volumeModified>

const both = { pvcs: ['data-web-0', 'data-web-1'] }

export const pvcsBound = {
  holds: [{ title: 'both Bound', params: both, history: historyOf(pvcSeen('data-web-0'), pvcSeen('data-web-1')) }],
  not: [
    { title: 'one missing', params: both, history: historyOf(pvcSeen('data-web-0')) },
    { title: 'one terminating', params: both, history: historyOf(pvcSeen('data-web-0'), pvcSeen('data-web-1', { terminating: true })) },
    { title: 'one deleted', params: both, history: historyOf(pvcSeen('data-web-0'), pvcSeen('data-web-1', { event: 'DELETED' })) },
    {
      title: 'one Pending',
      params: both,
      history: historyOf(pvcSeen('data-web-0'), pvcSeen('data-web-1', { status: { phase: 'Pending' } })),
    },
  ],
} satisfies Examples<typeof conditions.pvcsBound>

const expanded = { pvc: 'data', to: '640Mi' }

export const pvcExpanded = {
  holds: [{ title: 'capacity arrived', params: expanded, history: historyOf(pvcSeen('data'), pvcSeen('data', { capacity: '640Mi' })) }],
  not: [
    { title: 'only asked for', params: expanded, history: historyOf(pvcSeen('data', { request: '640Mi' })) },
    { title: 'never seen', params: expanded, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.pvcExpanded>

const sized = { pvc: 'data', size: '320Mi' }

export const pvcSized = {
  holds: [
    { title: 'asked for and got', params: sized, history: historyOf(pvcSeen('data')) },
    { title: 'got more, for the driver rounds up', params: sized, history: historyOf(pvcSeen('data', { capacity: '1Gi' })) },
  ],
  not: [
    { title: 'asks for less', params: sized, history: historyOf(pvcSeen('data', { request: '300Mi' })) },
    { title: 'asks for more', params: sized, history: historyOf(pvcSeen('data', { request: '640Mi', capacity: '640Mi' })) },
    { title: 'has less', params: sized, history: historyOf(pvcSeen('data', { capacity: '300Mi' })) },
    { title: 'never seen', params: sized, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.pvcSized>
