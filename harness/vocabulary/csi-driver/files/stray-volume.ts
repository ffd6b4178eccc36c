import type { Judgement } from '../../../engine/judge/check.ts'
import { catchUpOn } from '../../../engine/judge/catch-up-on.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import type { History } from '../../../engine/history/history.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { measurementOf } from '../../../engine/measurement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { volumeHandleOf } from '../../pvc/volume/volume-source.ts'
import type { VolumesRead } from './driver-volumes.ts'

/** Two looks at all volumes of the CSI driver. */
export interface LooksAtVolumes {
  readonly before: VolumesRead
  readonly after: VolumesRead
}

/** Between two looks at all its volumes, the CSI driver made one that no PersistentVolume was ever seen to name, and no more of these. */
export const oneVolumeStray = defineCheck<LooksAtVolumes>({
  name: 'one-volume-stray',
  reads: ['PersistentVolume'],
  describe: () => 'the CSI driver made one volume that no PersistentVolume names',
  judge,
})

/**
 * Handle of a volume that the CSI driver made between two looks and no PersistentVolume names. Throws `Inconclusive` when there is none.
 */
export async function strayHandle(history: History, looks: LooksAtVolumes): Promise<string> {
  await catchUpOn(history, ['PersistentVolume'])
  const [handle] = strayIn(history.entries, looks) ?? []
  if (handle !== undefined) return handle
  throw new Inconclusive().withDetails({ reason: { summary: 'A PersistentVolume names every volume that the CSI driver made.' } })
}

function judge(looks: LooksAtVolumes, history: readonly HistoryEntry[]): Judgement {
  const stray = strayIn(history, looks)
  const read = measurementOf(history, { what: 'driver-volumes', label: looks.after.label, subject: looks.after.namespace })
  if (stray === undefined || read === undefined) return inconclusive('The volumes of the CSI driver could not be read twice.')
  if (stray.length === 1) return { outcome: 'upheld', evaluated: 1 }
  const summary =
    stray.length === 0
      ? 'A PersistentVolume names every volume that the CSI driver made.'
      : `The CSI driver made ${stray.length} volumes that no PersistentVolume names.`
  return violated(summary, { expected: 'one volume that no PersistentVolume names', actual: stray.join(', ') || 'none', entries: [read] })
}

/** Volumes that the driver made and no PersistentVolume names; undefined where nobody can tell. */
function strayIn(history: readonly HistoryEntry[], { before, after }: LooksAtVolumes): readonly string[] | undefined {
  const [first, last] = [before, after].map(({ namespace, label }) =>
    measurementOf(history, { what: 'driver-volumes', label, subject: namespace }),
  )
  if (!Array.isArray(first?.value) || !Array.isArray(last?.value)) return undefined
  const known = new Set<unknown>(first.value)
  const named = new Set(observationsOf(history, 'PersistentVolume').map(({ object }) => volumeHandleOf(object)))
  return (last.value as readonly string[]).filter((id) => !known.has(id) && !named.has(id))
}
