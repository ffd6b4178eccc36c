import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './unstage-forgotten.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'
import { type TimedCall, timedCallsRead } from './literal-calls.ts'

const params = { calls: { pvc: 'data', label: 'later' }, mark: 'the kubelet was restarted' }
// The first entry of an example history, at its very beginning.
const restarted: LiteralEntry = { type: 'mark', name: 'the kubelet was restarted' }
const unmount: TimedCall = [-2000, 12_000, 'NodeUnstageVolume']
const detachedAt = (from: number): TimedCall => [from, 500, 'ControllerUnpublishVolume']
const read = (...calls: readonly TimedCall[]) => historyOf(restarted, timedCallsRead(...calls))

export const unstageForgotten = {
  upholds: [{ title: 'detached while it is unmounted', params, history: read(unmount, detachedAt(1500)) }],
  rejects: [
    { title: 'asked again', params, history: read(unmount, [1000, 12_000, 'NodeUnstageVolume'], detachedAt(13_500)) },
    { title: 'detached before the restart', params, history: read(unmount, detachedAt(-1000)) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf(restarted) },
    { title: 'no mark', params, history: historyOf(timedCallsRead(unmount, detachedAt(1500))) },
    { title: 'unmounted before the restart', params, history: read([-2000, 500, 'NodeUnstageVolume'], detachedAt(1500)) },
    { title: 'never detached', params, history: read(unmount) },
    { title: 'the call ended first', params, history: read(unmount, detachedAt(11_000)) },
  ],
} satisfies Examples<typeof checks.unstageForgotten>
