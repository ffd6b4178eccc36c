import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './rotation.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const params = { cronJob: 'rotate', runs: 2 }
const owners = [{ kind: 'CronJob', name: 'rotate', uid: 'c' }]
const ended = (name: string, type: string) => seen('Job', name, { owners, status: { conditions: [{ type, status: 'True' }] } })
const running = seen('Job', 'rotate-2', { owners, status: { active: 1 } })

export const runsComplete = {
  holds: [{ title: 'two', params, history: historyOf(ended('rotate-1', 'Complete'), ended('rotate-2', 'Complete')) }],
  not: [
    { title: 'one is under way', params, history: historyOf(ended('rotate-1', 'Complete'), running) },
    {
      title: 'one failed',
      params,
      history: historyOf(ended('rotate-1', 'Complete'), ended('rotate-2', 'Failed'), ended('rotate-3', 'Complete')),
    },
    { title: 'never ran', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.runsComplete>

const kinds = (kind: string) => ({
  both: historyOf(seen(kind, 'one'), seen(kind, 'other')),
  one: historyOf(seen(kind, 'one'), seen(kind, 'other'), seen(kind, 'other', { event: 'DELETED' })),
})

export const volumeSnapshotsLeft = {
  holds: [{ title: 'one', params: { volumeSnapshots: 1 }, history: kinds('VolumeSnapshot').one }],
  not: [{ title: 'both', params: { volumeSnapshots: 1 }, history: kinds('VolumeSnapshot').both }],
} satisfies Examples<typeof conditions.volumeSnapshotsLeft>

const snapshots = (...ready: readonly boolean[]) =>
  historyOf(...ready.map((readyToUse, index) => seen('VolumeSnapshot', `of-${index}`, { status: { readyToUse } })))

export const onlyReadyLeft = {
  holds: [{ title: 'two', params: { volumeSnapshots: 2 }, history: snapshots(true, true) }],
  not: [
    { title: 'one is not ready yet', params: { volumeSnapshots: 2 }, history: snapshots(true, false) },
    { title: 'one too many', params: { volumeSnapshots: 1 }, history: snapshots(true, true) },
    { title: 'one too few', params: { volumeSnapshots: 2 }, history: snapshots(true) },
  ],
} satisfies Examples<typeof conditions.onlyReadyLeft>

export const contentsLeft = {
  holds: [{ title: 'both', params: { contents: 2 }, history: kinds('VolumeSnapshotContent').both }],
  not: [{ title: 'one', params: { contents: 2 }, history: kinds('VolumeSnapshotContent').one }],
} satisfies Examples<typeof conditions.contentsLeft>
