/**
 * Builds a PersistentVolumeClaim of no StorageClass, for which no volume is made, with access modes as they are written here, right or
 * wrong.
 */
export function pvcWithModes(name: string, accessModes: readonly string[]) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes, storageClassName: '', resources: { requests: { storage: '320Mi' } } },
  } as const
}
