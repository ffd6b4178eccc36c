/** A real way of breaking a documented sentence on a live cluster. */
export interface Mutant {
  /** What is broken, in one sentence. */
  readonly description: string
  /**
   * How: `storage-class` and `snapshot-class` run the suites with a class of a faulty driver, `admission-policy` lets the API
   * server change objects in namespaces labelled `holdfast.dev/mutant=<name>`.
   */
  readonly by: 'storage-class' | 'admission-policy'
}

/** Every mutant, by name. */
export const mutants = {
  'parallel-pod-management': {
    description: 'The API server stores every StatefulSet with podManagementPolicy Parallel.',
    by: 'admission-policy',
  },
  'pvcs-deleted-with-statefulset': {
    description: 'The API server stores every StatefulSet with a PVC retention policy of Delete for scaling and deletion.',
    by: 'admission-policy',
  },
  'volume-not-mounted': {
    description: 'The API server removes the volume mounts of every Pod, so that containers write to their own file system.',
    by: 'admission-policy',
  },
  'shrink-swallowed': {
    description: 'The API server raises a lowered PersistentVolumeClaim request back to the old size instead of refusing it.',
    by: 'admission-policy',
  },
  'restore-empty': {
    description: 'The driver restores an empty volume from every snapshot.',
    by: 'storage-class',
  },
  'restore-current-source': {
    description: 'The driver restores the source as it is at the time of the restore.',
    by: 'storage-class',
  },
  'restore-shares-source': {
    description: 'The driver hands out the source itself as the volume restored from its snapshot.',
    by: 'storage-class',
  },
  'expansion-books-only': {
    description: 'The driver answers that a volume has grown without growing its file system.',
    by: 'storage-class',
  },
} as const satisfies Record<string, Mutant>

/** Name of a mutant. */
export type MutantName = keyof typeof mutants
