import { observationsOf } from '../../../engine/object.ts'
import { pvNameOf } from '../../pvc/readings.ts'
import { volumeHandleOf } from '../../pvc/volume/volume-source.ts'
import { catchUpOn } from '../../../engine/judge/catch-up-on.ts'
import { driverFiles } from './driver-files.ts'
import type { DriverFixtures } from '../driver-fixtures.ts'

/**
 * Looks for the files in which the CSI driver keeps the volumes of some PersistentVolumeClaims, and keeps what it found in the history.
 * Throws `Inconclusive` when a watch that tells which volumes those are cannot catch up.
 */
export async function measureVolumeFiles(
  label: string,
  { cluster, history, namespace, measure }: DriverFixtures,
  pvcs: readonly string[],
): Promise<{ readonly namespace: string; readonly label: string }> {
  await catchUpOn(history, ['PersistentVolumeClaim', 'PersistentVolume'])
  const volumes = pvcs.map((pvc) => pvNameOf(history.entries, pvc) ?? '')
  const handles = volumes.map((volume) => {
    const seen = observationsOf(history.entries, 'PersistentVolume', volume).map(({ object }) => volumeHandleOf(object))
    return seen.findLast((handle) => handle !== undefined)
  })
  const known = handles.filter((handle) => handle !== undefined)
  measure('driver-files', label, { subject: { kind: 'Namespace', name: namespace.name }, value: driverFiles(cluster, known) })
  return { namespace: namespace.name, label }
}
