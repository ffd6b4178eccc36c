import type { Judgement } from '../../../engine/judge/check.ts'
import type { CallsName } from './driver-calls-of.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { violated } from '../../../engine/judge/judgement.ts'
import { judgeCalls } from '../kept-calls.ts'

/** Calls of the CSI driver, and a method that is not to be among them. */
export interface NotAsked {
  readonly calls: CallsName
  readonly method: string
}

/** The CSI driver was called about a PVC, and never so. */
export const driverNotAsked = defineCheck<NotAsked>({
  name: 'driver-not-asked',
  reads: [],
  describe: ({ calls, method }) => `the driver gets no ${method} for ${calls.pvc}`,
  judge,
})

function judge({ calls, method }: NotAsked, history: readonly HistoryEntry[]): Judgement {
  return judgeCalls(calls, history, (made, read) => {
    const asked = made.find((call) => call.method === method)
    if (asked === undefined) return { outcome: 'upheld', evaluated: made.length }
    return violated(`The CSI driver was asked to ${method} for PersistentVolumeClaim ${calls.pvc}.`, {
      expected: `no ${method}`,
      actual: `${method} ${JSON.stringify(asked.request)}`,
      entries: [read],
    })
  })
}
