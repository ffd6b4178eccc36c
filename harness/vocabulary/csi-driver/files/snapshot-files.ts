import { field, observationsOf } from '../../../engine/object.ts'
import { catchUpOn } from '../../../engine/judge/catch-up-on.ts'
import { driverFiles } from './driver-files.ts'
import type { ReadOfDriver } from './driver-files-gone.ts'
import type { DriverFixtures } from '../driver-fixtures.ts'

/**
 * Looks for what the CSI driver keeps of the snapshots whose VolumeSnapshotContents were seen, and keeps what it found in the history.
 * Throws `Inconclusive` when the watch of those cannot catch up.
 */
export async function measureSnapshotFiles({ cluster, history, namespace, measure }: DriverFixtures, label: string): Promise<ReadOfDriver> {
  await catchUpOn(history, ['VolumeSnapshotContent'])
  const handles = observationsOf(history.entries, 'VolumeSnapshotContent').map(({ object }) => field(object, 'status', 'snapshotHandle'))
  const known = [...new Set(handles.filter((handle) => typeof handle === 'string'))]
  measure('driver-files', label, { subject: { kind: 'Namespace', name: namespace.name }, value: driverFiles(cluster, known) })
  return { namespace: namespace.name, label }
}
