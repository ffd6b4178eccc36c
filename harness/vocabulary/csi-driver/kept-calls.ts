import type { Judgement } from '../../engine/judge/check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive } from '../../engine/judge/judgement.ts'
import { measurementOf } from '../../engine/measurement.ts'
import type { CallsName, DriverCall } from './calls/driver-calls-of.ts'

/** Judges the calls of the CSI driver that were kept for a PersistentVolumeClaim. Inconclusive where none were kept under that name. */
export function judgeCalls(
  { pvc, label }: CallsName,
  history: readonly HistoryEntry[],
  judge: (calls: readonly DriverCall[], read: Measurement) => Judgement,
): Judgement {
  const read = measurementOf(history, { what: 'driver-calls', label, subject: pvc })
  if (read === undefined) return inconclusive(`The calls of the CSI driver for ${pvc} were never read.`)
  return judge(read.value as readonly DriverCall[], read)
}
