import { groupFaults, snapshotFaults, volumeFaults } from '../csi-hostpath/faults/catalogue.ts'

/** A real way of breaking a documented sentence on a live cluster. */
export interface Mutant {
  /** What is broken, in one sentence. */
  readonly description: string
  /**
   * How: `storage-class`, `snapshot-class` and `group-snapshot-class` run the suites with a class of a faulty driver, `admission-policy` lets the API
   * server change objects in namespaces labelled `holdfast.dev/mutant=<name>`.
   */
  readonly by: 'storage-class' | 'snapshot-class' | 'group-snapshot-class' | 'admission-policy'
}

const policies = {
  'parallel-pod-management': 'The API server stores every StatefulSet with podManagementPolicy Parallel.',
  'pvcs-deleted-with-statefulset':
    'The API server stores every StatefulSet with a PVC retention policy of Delete for scaling and deletion.',
  'volume-not-mounted': 'The API server removes the volume mounts of every Pod, so that containers write to their own file system.',
  'shrink-swallowed': 'The API server raises a lowered PersistentVolumeClaim request back to the old size instead of refusing it.',
  'single-pod-widened': 'The API server stores every ReadWriteOncePod PersistentVolumeClaim as ReadWriteOnce.',
  'read-only-dropped': 'The API server forgets that a Pod asked for its volume read-only.',
  'claims-orphaned': 'The API server stores every PersistentVolumeClaim without its owner.',
  'binding-mode-ignored': 'The API server stores every PersistentVolumeClaim with a StorageClass that binds at once.',
} as const

function madeBy<Name extends string>(by: Mutant['by'], descriptions: Readonly<Record<Name, string>>): Readonly<Record<Name, Mutant>> {
  const entries = Object.entries<string>(descriptions).map(([name, description]) => [name, { description, by }] as const)
  return Object.fromEntries(entries) as Record<Name, Mutant>
}

/** Every mutant, by name. Every fault of the driver is one. */
export const mutants = {
  ...madeBy('admission-policy', policies),
  ...madeBy('group-snapshot-class', groupFaults),
  ...madeBy('snapshot-class', snapshotFaults),
  ...madeBy('storage-class', volumeFaults),
}

/** Name of a mutant. */
export type MutantName = keyof typeof mutants
