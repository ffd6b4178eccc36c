import type { Judgement } from '../../engine/judge/check.ts'
import type { FoundDevice } from '../data/device.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inMebibytes, parseQuantity } from '../../engine/quantity.ts'
import type { Growth } from './file-system-grew.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/**
 * The block device seen inside a Pod is as large as its PersistentVolumeClaim asks, before and after an expansion, and keeps its content.
 */
export const deviceGrew = defineCheck<Growth>({
  name: 'device-grew',
  reads: [],
  describe: ({ pvc, from, to, after }) => `Pod ${after.pod} sees the block device of ${pvc} grow from ${from} to ${to} with its content`,
  judge,
})

function judge({ pvc, from, to, before, after }: Growth, history: readonly HistoryEntry[]): Judgement {
  const was = deviceOf(history, before)
  const is = deviceOf(history, after)
  if (was === undefined) return inconclusive(`The block device was never read in Pod ${before.pod} (${before.label}).`)
  if (is === undefined) return inconclusive(`The block device was never read in Pod ${after.pod} (${after.label}).`)
  const entries = [was.entry, is.entry]
  const small = [
    { size: from, found: was.device, when: 'before the expansion' },
    { size: to, found: is.device, when: `in the end, in place of ${from}` },
  ].find(({ size, found }) => found.sizeBytes < parseQuantity(size))
  if (small !== undefined) {
    return violated(
      `Block device of ${pvc} seen by Pod ${after.pod} had ${inMebibytes(small.found.sizeBytes)} instead of ${small.size} ${small.when}.`,
      { expected: `at least ${small.size}`, actual: inMebibytes(small.found.sizeBytes), entries },
    )
  }
  if (was.device.sha256 !== is.device.sha256) {
    return violated(`Block device of ${pvc} seen by Pod ${after.pod} does not hold what was written before.`, {
      expected: `content with digest ${was.device.sha256}`,
      actual: `content with digest ${is.device.sha256}`,
      entries,
    })
  }
  return { outcome: 'upheld', evaluated: 2 }
}

function deviceOf(
  history: readonly HistoryEntry[],
  { pod, label }: MeasurementName,
): { readonly entry: Measurement; readonly device: FoundDevice } | undefined {
  const entry = measurementOf(history, { what: 'device', label, subject: pod })
  return entry === undefined ? undefined : { entry, device: entry.value as FoundDevice }
}
