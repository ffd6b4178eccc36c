import type { KubernetesObject } from '@kubernetes/client-node'
import { mutants, type MutantName } from '../mutants/catalogue.ts'
import type { Feature } from '../record.ts'

/** Name of our CSI driver, as in `CSIDriver` and in every StorageClass. */
export const driverName = 'csi-hostpath.holdfast.dev'

/** Namespace of the driver and the controllers. */
export const systemNamespace = 'holdfast-system'

/** StorageClass and VolumeSnapshotClass that suites use. */
export const className = 'holdfast'

/** What a cluster of this profile offers. */
export const features: readonly Feature[] = [
  'DynamicProvisioning',
  'VolumeExpansion',
  'OnlineExpansion',
  'EnforcedCapacity',
  'VolumeSnapshots',
  'MovableVolumes',
  'MultipleNodes',
  'Zones',
  'DriverFaults',
  'DriverCallLog',
]

const storageClassMutants = (Object.keys(mutants) as MutantName[]).filter((name) => mutants[name].by === 'storage-class')

/** StorageClass of each mutant that is a fault of the driver. */
export const faultyStorageClasses: Readonly<Record<string, string>> = Object.fromEntries(
  storageClassMutants.map((name) => [name, `${className}-${name}`]),
)

function storageClass(name: string, parameters: Readonly<Record<string, string>>): KubernetesObject & Record<string, unknown> {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: driverName,
    parameters: { 'csi.storage.k8s.io/fstype': 'xfs', ...parameters },
    allowVolumeExpansion: true,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  }
}

/** The classes of the profile: one faithful StorageClass, one for each fault, one VolumeSnapshotClass. */
export function classes(): readonly KubernetesObject[] {
  const snapshotClass: KubernetesObject & Record<string, unknown> = {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshotClass',
    metadata: { name: className },
    driver: driverName,
    deletionPolicy: 'Delete',
  }
  const faulty = Object.entries(faultyStorageClasses).map(([fault, name]) => storageClass(name, { fault }))
  return [storageClass(className, {}), ...faulty, snapshotClass]
}
