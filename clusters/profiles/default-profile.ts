import type { KubernetesObject } from '@kubernetes/client-node'
import { className } from '../../contract/system.ts'
import { groupFaults, snapshotFaults, volumeFaults } from '../csi-hostpath/faults/catalogue.ts'
import type { Feature, StorageClassPurpose } from '../../contract/cluster-record.ts'

/** Name of our CSI driver, as in `CSIDriver` and in every StorageClass. */
export const driverName = 'csi-hostpath.holdfast.dev'

/** Features of a cluster of this profile. */
export const features: readonly Feature[] = [
  'DynamicProvisioning',
  'ImmediateBinding',
  'VolumeExpansion',
  'OnlineExpansion',
  'EnforcedCapacity',
  'LostAndFound',
  'VolumeSnapshots',
  'VolumeGroupSnapshots',
  'VolumeCloning',
  'VolumeAttributes',
  'BlockVolumes',
  'ReadWriteMany',
  'ReadWriteOncePod',
  'MovableVolumes',
  'NodeLocalVolumes',
  'EphemeralInlineVolumes',
  'StorageCapacity',
  'VolumeLimits',
  'MountOptions',
  'DefaultStorageClassFree',
  'RecursiveReadOnlyMounts',
  'FsGroup',
  'VolumeAttachments',
  'MultipleNodes',
  'Zones',
  'PowerCut',
  'DriverFaults',
  'DriverCallLog',
  'NodeScheduling',
  'NodeControl',
  'ComponentControl',
  'Kubectl',
]

/** Faithful StorageClasses beside the usual one. */
export const storageClasses: Readonly<Record<StorageClassPurpose, string>> = {
  waitForFirstConsumer: `${className}-wait`,
  nodeLocal: `${className}-node-local`,
  zoneLocal: `${className}-zone-local`,
  ext4: `${className}-ext4`,
}

const readAheads = ['256', '512']

/** VolumeAttributesClasses, each with another read-ahead. */
export const volumeAttributesClasses: readonly string[] = readAheads.map((kibibytes) => `${className}-read-ahead-${kibibytes}`)

function classOfEach(faults: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(faults).map((fault) => [fault, `${className}-${fault}`]))
}

/** StorageClass of each fault of a volume. */
export const faultyStorageClasses = classOfEach(volumeFaults)

/** VolumeSnapshotClass of each fault of a snapshot. */
export const faultySnapshotClasses = classOfEach(snapshotFaults)

/** VolumeGroupSnapshotClass of each fault of a group snapshot. */
export const faultyGroupSnapshotClasses = classOfEach(groupFaults)

type Manifest = KubernetesObject & Record<string, unknown>

interface ClassOptions {
  readonly fsType?: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly waits?: boolean
}

function storageClass(name: string, { fsType = 'xfs', parameters = {}, waits = false }: ClassOptions = {}): Manifest {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: driverName,
    parameters: { 'csi.storage.k8s.io/fstype': fsType, ...parameters },
    allowVolumeExpansion: true,
    reclaimPolicy: 'Delete',
    volumeBindingMode: waits ? 'WaitForFirstConsumer' : 'Immediate',
  }
}

/** Velero takes the class with this label for snapshots of a driver's volumes, unless a Backup names another. */
const veleroLabel = { 'velero.io/csi-volumesnapshot-class': 'true' }

function snapshotClass(name: string, parameters: Readonly<Record<string, string>> = {}): Manifest {
  const apiVersion = 'snapshot.storage.k8s.io/v1'
  const metadata = { name, ...(name === className && { labels: veleroLabel }) }
  return { apiVersion, kind: 'VolumeSnapshotClass', metadata, driver: driverName, deletionPolicy: 'Delete', parameters }
}

function groupSnapshotClass(name: string, parameters: Readonly<Record<string, string>> = {}): Manifest {
  const apiVersion = 'groupsnapshot.storage.k8s.io/v1'
  return { apiVersion, kind: 'VolumeGroupSnapshotClass', metadata: { name }, driver: driverName, deletionPolicy: 'Delete', parameters }
}

/** Parameters of a class with a fault. What fails does so for good: a caller that tries again would be kept from noticing. */
function faulty(fault: string): Readonly<Record<string, string>> {
  return { fault, faultSeconds: '2', faultTimes: '1000000' }
}

/** The classes of the profile: faithful ones of every kind, and one for each fault. */
export function classes(): readonly KubernetesObject[] {
  const attributes = readAheads.map((readAheadKiB): Manifest => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttributesClass',
    metadata: { name: `${className}-read-ahead-${readAheadKiB}` },
    driverName,
    parameters: { readAheadKiB },
  }))
  return [
    storageClass(className),
    storageClass(storageClasses.waitForFirstConsumer, { waits: true }),
    storageClass(storageClasses.nodeLocal, { waits: true, parameters: { placement: 'node-local' } }),
    storageClass(storageClasses.zoneLocal, { waits: true, parameters: { placement: 'zone-local' } }),
    storageClass(storageClasses.ext4, { fsType: 'ext4' }),
    ...Object.entries(faultyStorageClasses).map(([fault, name]) => storageClass(name, { parameters: faulty(fault) })),
    snapshotClass(className),
    ...Object.entries(faultySnapshotClasses).map(([fault, name]) => snapshotClass(name, faulty(fault))),
    groupSnapshotClass(className),
    ...Object.entries(faultyGroupSnapshotClasses).map(([fault, name]) => groupSnapshotClass(name, faulty(fault))),
    ...attributes,
  ]
}
