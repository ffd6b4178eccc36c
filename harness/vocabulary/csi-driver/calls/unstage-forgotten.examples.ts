import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './unstage-forgotten.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'
import { type TimedCall, timedCallsRead } from './literal-calls.ts'

const params = { calls: { pvc: 'data', label: 'later' }, from: 'the kubelet is restarted', to: 'the kubelet was restarted' }
// The first two entries of an example history: the restart takes a tenth of a second from its very beginning.
const restarted: readonly LiteralEntry[] = [params.from, params.to].map((name) => ({ type: 'mark', name }))
const unmount: TimedCall = [-2000, 12_000, 'NodeUnstageVolume']
const detachedAt = (from: number): TimedCall => [from, 500, 'ControllerUnpublishVolume']
const read = (...calls: readonly TimedCall[]) => historyOf(...restarted, timedCallsRead(...calls))

export const unstageForgotten = {
  upholds: [{ title: 'detached while it is unmounted', params, history: read(unmount, detachedAt(1500)) }],
  rejects: [
    { title: 'asked again', params, history: read(unmount, [1000, 12_000, 'NodeUnstageVolume'], detachedAt(13_500)) },
    { title: 'detached before the restart', params, history: read(unmount, detachedAt(-1000)) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf(...restarted) },
    { title: 'no mark', params, history: historyOf(timedCallsRead(unmount, detachedAt(1500))) },
    { title: 'unmounted before the restart', params, history: read([-2000, 500, 'NodeUnstageVolume'], detachedAt(1500)) },
    { title: 'no second mark', params, history: historyOf(...restarted.slice(0, 1), timedCallsRead(unmount, detachedAt(1500))) },
    { title: 'unmounted during the restart', params, history: read([-2000, 2050, 'NodeUnstageVolume'], detachedAt(1500)) },
    { title: 'detached during the restart', params, history: read(unmount, detachedAt(50)) },
    { title: 'asked again during the restart', params, history: read(unmount, [50, 12_000, 'NodeUnstageVolume'], detachedAt(13_500)) },
    { title: 'never detached', params, history: read(unmount) },
    { title: 'the call ended first', params, history: read(unmount, detachedAt(11_000)) },
  ],
} satisfies Examples<typeof checks.unstageForgotten>
