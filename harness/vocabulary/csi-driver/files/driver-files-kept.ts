import type { Judgement } from '../../../engine/judge/check.ts'
import type { DriverFiles } from './driver-files.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import type { ReadOfDriver } from './driver-files-gone.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { measurementOf } from '../../../engine/measurement.ts'

/** The CSI driver still has a file for every volume and snapshot that was looked for. */
export const driverFilesKept = defineCheck<ReadOfDriver>({
  name: 'driver-files-kept',
  reads: [],
  describe: ({ namespace, label }) => `the CSI driver keeps the files of the volumes of ${namespace} (${label})`,
  judge,
})

function judge({ namespace, label }: ReadOfDriver, history: readonly HistoryEntry[]): Judgement {
  const read = measurementOf(history, { what: 'driver-files', label, subject: namespace })
  if (read === undefined) return inconclusive(`The files of the CSI driver were never looked at for ${namespace} (${label}).`)
  const { handles, left } = read.value as DriverFiles
  if (left === null) return inconclusive('The files of the CSI driver could not be read.', [read.seq])
  const gone = handles.find((handle) => !left.some((file) => file.includes(handle)))
  if (gone === undefined) return { outcome: 'upheld', evaluated: handles.length }
  return violated(`The CSI driver has no file of ${gone} any more, which was to be kept.`, {
    expected: `a file of each of ${handles.join(', ')}`,
    actual: left.join(', ') || 'no file',
    entries: [read],
  })
}
