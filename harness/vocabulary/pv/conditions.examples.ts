import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, pvcSeen, seen } from '../../engine/history/literal.ts'

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

const snapshot = { volumeSnapshot: 'snap' }

export const volumeSnapshotReady = {
  holds: [{ title: 'ready', params: snapshot, history: historyOf(seen('VolumeSnapshot', 'snap', { status: { readyToUse: true } })) }],
  not: [
    { title: 'not ready', params: snapshot, history: historyOf(seen('VolumeSnapshot', 'snap', { status: { readyToUse: false } })) },
    { title: 'no status', params: snapshot, history: historyOf(seen('VolumeSnapshot', 'snap')) },
  ],
} satisfies Examples<typeof conditions.volumeSnapshotReady>

const group = { volumeGroupSnapshot: 'group' }

export const volumeGroupSnapshotReady = {
  holds: [{ title: 'ready', params: group, history: historyOf(seen('VolumeGroupSnapshot', 'group', { status: { readyToUse: true } })) }],
  not: [
    { title: 'not ready', params: group, history: historyOf(seen('VolumeGroupSnapshot', 'group', { status: { readyToUse: false } })) },
    { title: 'never seen', params: group, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.volumeGroupSnapshotReady>
