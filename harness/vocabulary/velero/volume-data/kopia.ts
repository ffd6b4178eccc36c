import type { Forgotten } from '../../data/tree.ts'

/**
 * What Kopia, which carries the data of volumes to the object store for Velero, does not bring back: times of directories and links,
 * hard links, which become files of their own, extended attributes, and holes unless a Restore asks for `writeSparseFiles`.
 */
export const forgottenByKopia: readonly Forgotten[] = [
  { field: 'mtimeNs', type: 'directory' },
  { field: 'mtimeNs', type: 'symlink' },
  { field: 'hardLinkOf' },
  { field: 'xattrs' },
  { field: 'sparse' },
]
