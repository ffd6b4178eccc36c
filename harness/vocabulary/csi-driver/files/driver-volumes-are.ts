import type { Judgement } from '../../../engine/judge/check.ts'
import type { VolumesRead } from './driver-volumes.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { measurementOf } from '../../../engine/measurement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { pvNameOf } from '../../pvc/readings.ts'
import { volumeHandleOf } from '../../pvc/volume/volume-source.ts'

/** PVCs that were made between two looks at all volumes of the CSI driver. */
export interface VolumesMade {
  readonly pvcs: readonly string[]
  readonly before: VolumesRead
  readonly after: VolumesRead
}

/**
 * The volumes that the CSI driver made between two looks at all that it has are those of the PersistentVolumes of some PVCs, and no other:
 * a second volume made for a call that was repeated is found, though no PersistentVolume names it.
 */
export const driverVolumesAre = defineCheck<VolumesMade>({
  name: 'driver-volumes-are',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvcs }) => `the volumes that the CSI driver made are those of ${pvcs.join(', ')}, and no other`,
  judge,
})

function judge({ pvcs, before, after }: VolumesMade, history: readonly HistoryEntry[]): Judgement {
  const [first, last] = [before, after].map(({ namespace, label }) =>
    measurementOf(history, { what: 'driver-volumes', label, subject: namespace }),
  )
  if (first === undefined || last === undefined) return inconclusive('The volumes of the CSI driver were not looked at twice.')
  if (first.value === null || last.value === null) return inconclusive('The volumes of the CSI driver could not be read.', [last.seq])
  const handles = pvcs.map((pvc) => {
    const seen = observationsOf(history, 'PersistentVolume', pvNameOf(history, pvc) ?? '')
    return seen.map(({ object }) => volumeHandleOf(object)).findLast((handle) => handle !== undefined)
  })
  const missing = pvcs.find((_, position) => handles[position] === undefined)
  if (missing !== undefined) return inconclusive(`The volume of PersistentVolumeClaim ${missing} was never seen.`)
  const known = new Set(first.value as readonly string[])
  const made = (last.value as readonly string[]).filter((id) => !known.has(id))
  const stray = made.find((id) => !handles.includes(id))
  const lacking = handles.find((handle) => handle !== undefined && !made.includes(handle))
  if (stray === undefined && lacking === undefined) return { outcome: 'upheld', evaluated: made.length }
  const summary =
    stray === undefined
      ? `The CSI driver did not make ${lacking}, which a PersistentVolume names.`
      : `The CSI driver made ${stray}, which no PersistentVolume names.`
  return violated(summary, { expected: handles.join(', '), actual: made.join(', ') || 'none', entries: [first, last] })
}
