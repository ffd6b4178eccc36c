import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { volumeHandleOf } from './volume-source.ts'

/** A PersistentVolumeClaim by name. */
export interface PvcName {
  readonly pvc: string
}

/** Once Bound, a PersistentVolumeClaim stays: same UID, Bound, not being deleted, same PersistentVolume, same volume handle. */
export const keepsItsVolume = defineCheck<PvcName>({
  name: 'keeps-its-volume',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc }) => `PersistentVolumeClaim ${pvc} stays Bound to the same volume: same UID, same PersistentVolume, same volume handle`,
  judge,
})

function judge({ pvc }: PvcName, history: readonly HistoryEntry[]): Judgement {
  const pvcs = observationsOf(history, 'PersistentVolumeClaim', pvc)
  const bound = pvcs.findIndex((observation) => phase(observation) === 'Bound')
  const first = pvcs[bound]
  if (first === undefined) return gapOr(history, `PersistentVolumeClaim ${pvc} was never seen Bound.`)
  for (const later of pvcs.slice(bound)) {
    const change = changeOfPvc(first, later)
    if (change !== undefined) return broken(`PersistentVolumeClaim ${pvc} did not keep its volume: ${change}.`, [first, later])
  }
  const volumes = observationsOf(history, 'PersistentVolume', String(pvNameOf(first)))
  const [firstVolume] = volumes
  if (firstVolume === undefined)
    return gapOr(history, `PersistentVolume ${String(pvNameOf(first))} of PersistentVolumeClaim ${pvc} was never seen.`)
  for (const later of volumes) {
    const change = changeOfVolume(firstVolume, later)
    if (change !== undefined) return broken(`PersistentVolumeClaim ${pvc} did not keep its volume: ${change}.`, [firstVolume, later])
  }
  return { outcome: 'upheld', evaluated: pvcs.length - bound + volumes.length }
}

function changeOfPvc(first: Observation, later: Observation): string | undefined {
  const { metadata } = later.object
  if (metadata.uid !== first.object.metadata.uid) return `another of the same name took its place (UID ${metadata.uid})`
  if (later.event === 'DELETED') return 'it was deleted'
  if (metadata.deletionTimestamp !== undefined) return 'it was marked for deletion'
  if (phase(later) !== 'Bound') return `its phase became ${String(phase(later))}`
  if (pvNameOf(later) !== pvNameOf(first)) return `it was bound to ${String(pvNameOf(later))} instead of ${String(pvNameOf(first))}`
  return undefined
}

function changeOfVolume(first: Observation, later: Observation): string | undefined {
  const { metadata } = later.object
  if (metadata.uid !== first.object.metadata.uid) return `another PersistentVolume ${metadata.name} took its place (UID ${metadata.uid})`
  if (later.event === 'DELETED') return `PersistentVolume ${metadata.name} was deleted`
  if (metadata.deletionTimestamp !== undefined) return `PersistentVolume ${metadata.name} was marked for deletion`
  const [was, is] = [handleOf(first), handleOf(later)]
  if (was !== is) return `PersistentVolume ${metadata.name} got volume handle ${String(is)} instead of ${String(was)}`
  if (phase(later) === 'Released' || phase(later) === 'Failed') return `PersistentVolume ${metadata.name} became ${String(phase(later))}`
  return undefined
}

function broken(summary: string, entries: readonly Observation[]): Judgement {
  return violated(summary, { expected: 'Bound to the same volume, same UIDs, same volume handle', entries })
}

function gapOr(history: readonly HistoryEntry[], summary: string): Judgement {
  return inconclusive(summary)
}

const phase = ({ object }: Observation): unknown => field(object, 'status', 'phase')
const pvNameOf = ({ object }: Observation): unknown => field(object, 'spec', 'volumeName')
const handleOf = ({ object }: Observation): unknown => volumeHandleOf(object)
