import { field, observationsOf } from '../../engine/object.ts'
import { pvNameOf } from '../pvc/readings.ts'
import { driverFiles } from './driver-files.ts'
import type { DriverFixtures } from './driver-fixtures.ts'

/** Looks for the files in which the CSI driver keeps the volumes of some PersistentVolumeClaims, and keeps what it found in the history. */
export function measureVolumeFiles(
  label: string,
  { cluster, history, namespace, measure }: DriverFixtures,
  pvcs: readonly string[],
): { readonly namespace: string; readonly label: string } {
  const volumes = pvcs.map((pvc) => pvNameOf(history.entries, pvc) ?? '')
  const handles = volumes.map((volume) => {
    const seen = observationsOf(history.entries, 'PersistentVolume', volume).map(({ object }) =>
      field(object, 'spec', 'csi', 'volumeHandle'),
    )
    return seen.findLast((handle) => typeof handle === 'string')
  })
  const known = handles.filter((handle) => handle !== undefined)
  measure('driver-files', label, { subject: { kind: 'Namespace', name: namespace.name }, value: driverFiles(cluster, known) })
  return { namespace: namespace.name, label }
}
