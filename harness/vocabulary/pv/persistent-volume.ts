import { field } from '../../engine/object.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { volumeSourceOf } from '../pvc/volume/volume-source.ts'

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

/** Who provisioned a volume, and is to delete it; an annotation of its PersistentVolume. */
const provisionedBy = 'pv.kubernetes.io/provisioned-by'

/**
 * Builds a PersistentVolume by hand for the volume of another one, which the provisioner of that one deletes, with its storage, once its
 * PVC is gone.
 */
export function managedVolume(name: string, options: SameVolumeOptions) {
  const { spec, ...same } = sameVolume(name, options)
  const provisioner = options.of.metadata.annotations?.[provisionedBy]
  return {
    ...same,
    metadata: { name, ...(provisioner !== undefined && { annotations: { [provisionedBy]: provisioner } }) },
    spec: { ...spec, persistentVolumeReclaimPolicy: 'Delete' },
  } as const
}

/**
 * Builds a PersistentVolume by hand for a volume of a CSI driver, known by its handle alone: it is otherwise like another PersistentVolume,
 * names no provisioner, and goes with its PVC. Without a handle, it is for the volume of the other one.
 */
export function foundVolume(name: string, { handle, of, pvc }: SameVolumeOptions & { readonly handle?: string }) {
  const { spec, ...same } = sameVolume(name, { of, pvc })
  const volumeHandle = handle ?? field(of, 'spec', 'csi', 'volumeHandle')
  const csi = { driver: field(of, 'spec', 'csi', 'driver'), fsType: field(of, 'spec', 'csi', 'fsType'), volumeHandle }
  return { ...same, spec: { ...spec, persistentVolumeReclaimPolicy: 'Delete', csi } } as const
}
