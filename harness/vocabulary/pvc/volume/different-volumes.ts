import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { volumeHandleOf } from './volume-source.ts'

/** PersistentVolumeClaims by name. */
export interface PvcNames {
  readonly pvcs: readonly string[]
}

/** Each PersistentVolumeClaim has a PersistentVolume and a volume handle of its own. */
export const differentVolumes = defineCheck<PvcNames>({
  name: 'different-volumes',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvcs }) => `PersistentVolumeClaims ${pvcs.join(' and ')} have a PersistentVolume and a volume handle each`,
  judge,
})

function judge({ pvcs }: PvcNames, history: readonly HistoryEntry[]): Judgement {
  const found = pvcs.map((pvc) => boundVolume(history, pvc))
  const complete = found.filter((one) => one !== undefined)
  const missing = pvcs.find((_, position) => found[position] === undefined)
  const twin = complete.find((one, position) =>
    complete.some((other, before) => before < position && (other.name === one.name || other.handle === one.handle)),
  )
  if (twin !== undefined) {
    return violated(`PersistentVolumeClaim ${twin.pvc} shares its volume with another: ${twin.name}, handle ${twin.handle}.`, {
      expected: `${pvcs.length} different volume handles`,
      actual: complete.map((one) => `${one.pvc}: ${one.handle}`).join(', '),
      entries: complete.map((one) => one.entry),
    })
  }
  if (missing !== undefined) {
    return inconclusive(`The volume of PersistentVolumeClaim ${missing} was never seen.`)
  }
  return { outcome: 'upheld', evaluated: complete.length }
}

function boundVolume(
  history: readonly HistoryEntry[],
  pvc: string,
): { readonly pvc: string; readonly name: string; readonly handle: string; readonly entry: Observation } | undefined {
  const pvcEntry = observationsOf(history, 'PersistentVolumeClaim', pvc).findLast(
    ({ object }) => field(object, 'spec', 'volumeName') !== undefined,
  )
  const name = String(field(pvcEntry?.object, 'spec', 'volumeName'))
  const entry = observationsOf(history, 'PersistentVolume', name).at(-1)
  const handle = volumeHandleOf(entry?.object)
  return pvcEntry === undefined || entry === undefined || handle === undefined ? undefined : { pvc, name, handle, entry }
}
