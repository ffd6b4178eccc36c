import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { observationsOf } from '../../engine/object.ts'
import { pvNameOf } from '../pvc/readings.ts'
import { zonesOfVolume } from './each-in-its-zone.ts'

/** A PersistentVolumeClaim and the zone in which its volume is to be, as its StorageClass asks. */
export interface ZonedPvc {
  readonly pvc: string
  readonly zone: string
}

/**
 * The volume of a PersistentVolumeClaim can be reached in one zone and in no other.
 * See https://kubernetes.io/docs/concepts/storage/storage-classes/#allowed-topologies
 */
export const madeInZone = defineCheck<ZonedPvc>({
  name: 'made-in-zone',
  reads: ['PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ pvc, zone }) => `the volume of ${pvc} is in ${zone} and in no other zone`,
  judge,
})

function judge({ pvc, zone }: ZonedPvc, history: readonly HistoryEntry[]): Judgement {
  const volume = observationsOf(history, 'PersistentVolume', pvNameOf(history, pvc) ?? '').at(-1)
  if (volume === undefined) return inconclusive(`The PersistentVolume of ${pvc} was never seen.`)
  const zones = [...new Set(zonesOfVolume(volume))]
  if (zones.length === 1 && zones[0] === zone) return { outcome: 'upheld', evaluated: 1 }
  const actual = zones.join(', ') || 'no zone'
  return violated(`The volume of ${pvc} is in ${actual} instead of ${zone}.`, { expected: zone, actual, entries: [volume] })
}
