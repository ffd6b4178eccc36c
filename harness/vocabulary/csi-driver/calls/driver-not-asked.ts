import type { Judgement } from '../../../engine/judge/check.ts'
import type { CallsName, DriverCall } from './driver-calls-of.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { measurementOf } from '../../../engine/measurement.ts'

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
  const read = measurementOf(history, { what: 'driver-calls', label: calls.label, subject: calls.pvc })
  if (read === undefined) return inconclusive(`The calls of the CSI driver for ${calls.pvc} were never read.`)
  const made = read.value as readonly DriverCall[]
  const asked = made.find((call) => call.method === method)
  if (asked === undefined) return { outcome: 'upheld', evaluated: made.length }
  return violated(`The CSI driver was asked to ${method} for PersistentVolumeClaim ${calls.pvc}.`, {
    expected: `no ${method}`,
    actual: `${method} ${JSON.stringify(asked.request)}`,
    entries: [read],
  })
}
