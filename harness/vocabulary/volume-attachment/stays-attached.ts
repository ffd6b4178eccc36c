import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import type { PvcName } from '../pvc/volume/keeps-its-volume.ts'
import { pvNameOf } from '../pvc/readings.ts'

/** Once the volume of a PersistentVolumeClaim is attached, it stays so by the same VolumeAttachment, which is not deleted. */
export const staysAttached = defineCheck<PvcName>({
  name: 'stays-attached',
  reads: ['VolumeAttachment', 'PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ pvc }) => `the volume of ${pvc} is attached once and stays attached`,
  judge,
})

function judge({ pvc }: PvcName, history: readonly HistoryEntry[]): Judgement {
  const volume = pvNameOf(history, pvc)
  if (volume === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was never seen with a volume.`)
  // VolumeAttachments are known to be of this guarantee by their PersistentVolumes.
  if (observationsOf(history, 'PersistentVolume', volume).length === 0)
    return inconclusive(`The PersistentVolume of ${pvc} was never seen, so neither were its VolumeAttachments.`)
  const seen = observationsOf(history, 'VolumeAttachment').filter(
    ({ object }) => field(object, 'spec', 'source', 'persistentVolumeName') === volume,
  )
  const attached = seen.findIndex(isAttached)
  const first = seen[attached]
  if (first === undefined) return inconclusive(`The volume of PersistentVolumeClaim ${pvc} was never seen attached.`)
  for (const later of seen.slice(attached)) {
    const change = changeOf(first, later)
    if (change === undefined) continue
    return violated(`Volume of PersistentVolumeClaim ${pvc} did not stay attached: ${change}.`, {
      expected: `VolumeAttachment ${first.object.metadata.name} attached and not being deleted`,
      actual: change,
      entries: [first, later],
    })
  }
  return { outcome: 'upheld', evaluated: seen.length - attached }
}

function changeOf(first: Observation, later: Observation): string | undefined {
  const { name, uid, deletionTimestamp } = later.object.metadata
  if (uid !== first.object.metadata.uid) return `there was a second VolumeAttachment ${name} (UID ${uid})`
  if (later.event === 'DELETED') return `VolumeAttachment ${name} was deleted`
  if (deletionTimestamp !== undefined) return `VolumeAttachment ${name} was marked for deletion`
  return isAttached(later) ? undefined : `VolumeAttachment ${name} was no longer attached`
}

function isAttached({ object }: Observation): boolean {
  return field(object, 'status', 'attached') === true
}
