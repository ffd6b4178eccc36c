import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { observationsOf } from '../../engine/object.ts'
import { pvNameOf } from '../pvc/readings.ts'
import { volumeHandleOf } from '../pvc/volume/volume-source.ts'
import type { MountedDevice } from './mounted-device.ts'

/** What a Pod has mounted in its usual directory, and the PVC that it mounts there. */
export interface VolumeMounted {
  readonly found: MeasurementName
  readonly pvc: string
}

/** The whole volume of a PVC, made by a CSI driver of ours, is mounted at the mountPath of a container. */
export const volumeMounted = defineCheck<VolumeMounted>({
  name: 'volume-mounted',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ found, pvc }) => `the container of Pod ${found.pod} has the volume of ${pvc} at its mountPath`,
  judge,
})

function judge({ found, pvc }: VolumeMounted, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'mounted-device', label: found.label, subject: found.pod })
  if (entry === undefined) return inconclusive(`The mounts of Pod ${found.pod} (${found.label}) were never read.`)
  const seen = observationsOf(history, 'PersistentVolume', pvNameOf(history, pvc) ?? '')
  const handle = seen.map(({ object }) => volumeHandleOf(object)).findLast((one) => one !== undefined)
  if (handle === undefined) return inconclusive(`The volume of PersistentVolumeClaim ${pvc} was never seen.`)
  const mounted = entry.value as MountedDevice | null
  if (mounted?.root === '/' && mounted.image.endsWith(`/${handle}.img`)) return { outcome: 'upheld', evaluated: 1 }
  return violated(`The container of Pod ${found.pod} does not have the volume of PersistentVolumeClaim ${pvc} at its mountPath.`, {
    expected: `all of the image ${handle}.img`,
    actual: mounted === null ? 'nothing is mounted there' : `${mounted.root} of ${mounted.image || 'no image'}`,
    entries: [entry],
  })
}
