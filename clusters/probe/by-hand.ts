/**
 * Provisioner of a StorageClass whose volumes somebody makes by hand. See
 * https://kubernetes.io/docs/concepts/storage/storage-classes/#local
 */
export const byHand = 'kubernetes.io/no-provisioner'
