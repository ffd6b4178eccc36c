import { field } from '../../engine/object.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { volumeSourceOf } from '../pvc/volume-source.ts'

/** A volume that a PersistentVolume had, and the PVC for which another is made of it. */
export interface SameVolumeOptions {
  readonly of: ObservedObject
  readonly pvc: { readonly namespace: string; readonly name: string }
}

/** Builds a PersistentVolume by hand for the volume of another one, as an administrator does; it is reserved for a PVC. */
export function sameVolume(name: string, { of, pvc }: SameVolumeOptions) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      accessModes: field(of, 'spec', 'accessModes'),
      capacity: field(of, 'spec', 'capacity'),
      storageClassName: field(of, 'spec', 'storageClassName'),
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...pvc },
      ...volumeSourceOf(of),
    },
  } as const
}
