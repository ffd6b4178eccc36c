import type { Judgement } from '../../../engine/judge/check.ts'
import type { CallsName, DriverCall } from './driver-calls-of.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { judgeCalls } from '../kept-calls.ts'

/** Calls of the CSI driver for a PVC, and the marks before and after the restart of the kubelet. */
export interface UnstageForgotten {
  readonly calls: CallsName
  readonly from: string
  readonly to: string
}

/**
 * A kubelet that was restarted while the CSI driver unmounted a volume does not ask for that again, and the volume is detached while the
 * driver still unmounts it. Inconclusive where no such call was open all through the restart, or ended before the volume was detached, and
 * for what happened during the restart: it may be of either kubelet.
 * See https://github.com/kubernetes/kubernetes/issues/85476
 */
export const unstageForgotten = defineCheck<UnstageForgotten>({
  name: 'unstage-forgotten',
  reads: [],
  describe: ({ calls }) => `the volume of ${calls.pvc} is detached while it is being unmounted, and nobody asks again to unmount it`,
  judge,
})

function judge({ calls, from, to }: UnstageForgotten, history: readonly HistoryEntry[]): Judgement {
  return judgeCalls(calls, history, (all, read) => {
    const [before, after] = [from, to].map((name) => history.find((entry) => entry.type === 'mark' && entry.name === name))
    if (before === undefined || after === undefined) return inconclusive(`The history has no mark: ${before === undefined ? from : to}.`)
    const [begun, ended] = [Date.parse(before.at), Date.parse(after.at)]
    const unmounts = all.filter(({ method }) => method === 'NodeUnstageVolume')
    const open = unmounts.find((call) => Date.parse(call.at) < begun && endOf(call) > ended)
    if (open === undefined)
      return inconclusive(`No volume of ${calls.pvc} was being unmounted while the kubelet was restarted.`, [read.seq])
    const detached = all.find(({ method }) => method === 'ControllerUnpublishVolume')
    if (detached === undefined) return inconclusive(`The volume of ${calls.pvc} was never detached.`, [read.seq])
    const entries = [before, after, read]
    const volume = `The volume of PersistentVolumeClaim ${calls.pvc}`
    const expected = `NodeUnstageVolume only once, then ControllerUnpublishVolume after ${after.at}`
    if (Date.parse(detached.at) < begun)
      return violated(`${volume} was detached before the kubelet was restarted.`, { expected, actual: detached.at, entries })
    const again = unmounts.find((call) => Date.parse(call.at) > ended)
    if (again !== undefined)
      return violated(`${volume} was to be unmounted again after the kubelet was restarted.`, { expected, actual: again.at, entries })
    const during = [detached, ...unmounts].find((call) => Date.parse(call.at) >= begun && Date.parse(call.at) <= ended)
    if (during !== undefined) return inconclusive(`${during.method} was called while the kubelet was restarted.`, [read.seq])
    return Date.parse(detached.at) < endOf(open)
      ? { outcome: 'upheld', evaluated: 2 }
      : inconclusive(`${volume} was unmounted before it was detached, by a call from before the restart.`, [read.seq])
  })
}

function endOf({ at, durationMs = 0 }: DriverCall): number {
  return Date.parse(at) + durationMs
}
