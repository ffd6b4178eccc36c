import type { Judgement } from '../../../engine/judge/check.ts'
import type { DriverFiles } from './driver-files.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { measurementOf } from '../../../engine/measurement.ts'
import { volumeHandleOf } from '../../pvc/volume/volume-source.ts'

/** Names what was read of the CSI driver's files for a namespace. */
export interface ReadOfDriver {
  readonly namespace: string
  readonly label: string
}

/**
 * Nothing is left of the volumes or snapshots of a namespace: neither PersistentVolumes nor the files in which the CSI driver kept them.
 * Where the files cannot be read, the PersistentVolumes alone are judged.
 */
export const driverFilesGone = defineCheck<ReadOfDriver>({
  name: 'driver-files-gone',
  reads: ['PersistentVolume'],
  describe: ({ namespace }) => `the CSI driver keeps no file of the volumes of ${namespace}`,
  judge,
})

function judge({ namespace, label }: ReadOfDriver, history: readonly HistoryEntry[]): Judgement {
  const read = measurementOf(history, { what: 'driver-files', label, subject: namespace })
  if (read === undefined) return inconclusive(`The files of the CSI driver were never looked at for ${namespace}.`)
  const { handles, left } = read.value as DriverFiles
  const [first] = left ?? []
  if (first !== undefined)
    return violated(
      `The CSI driver still has ${left?.length} ${left?.length === 1 ? 'file' : 'files'} of what was deleted, first ${first}.`,
      {
        expected: `no file of ${handles.length} deleted ${handles.length === 1 ? 'image' : 'images'}`,
        actual: (left ?? []).join('\n'),
        entries: [read],
      },
    )
  const volumes = history.filter((entry) => entry.type === 'observation' && entry.kind === 'PersistentVolume' && entry.seq < read.seq)
  const kept = handles.find((handle) => {
    const last = volumes.findLast((entry) => entry.type === 'observation' && volumeHandleOf(entry.object) === handle)
    return last?.type === 'observation' && last.event !== 'DELETED'
  })
  if (kept !== undefined) return violated(`The PersistentVolume of ${kept} was still there.`, { entries: [read] })
  return { outcome: 'upheld', evaluated: handles.length }
}
