import type { ClusterRecord, Feature, ImageRecord } from '../../contract/cluster-record.ts'
import type { FeatureEvidence } from '../../contract/platform.ts'
import type { Subject } from '../../contract/subject.ts'
import { ownImages } from '../images/catalogue.ts'
import { sidecarImages } from '../images/sidecar-images.ts'
import type { Brought, Component } from '../steps/component.ts'
import { components, componentsBeside } from '../steps/components.ts'
import { driverVersion, shortName, versionIn } from './image-reference.ts'
import { containerImages } from './workloads.ts'

/** What the record of a cluster with a driver of the user's is put together from. */
export interface InstalledParts {
  /** The cluster as one of ours, with our driver. */
  readonly own: ClusterRecord
  /** The same cluster as it was found by looking and probing, as if it were another's. */
  readonly seen: ClusterRecord
  readonly images: readonly ImageRecord[]
  readonly subject: Omit<Subject, 'version'>
  /** What the driver brings in place of components of Holdfast. */
  readonly brought: Brought
  /** Whether some StorageClass is the default one. */
  readonly hasDefaultClass: boolean
}

/** Features that a cluster has because it is ours, whatever its driver is. */
const ofOurCluster: readonly Feature[] = ['NodeScheduling', 'NodeControl']

/** Features that only our driver has, and why. */
export const ofOurDriverAlone: Readonly<Partial<Record<Feature, string>>> = {
  ComponentControl: 'guarantees kill programs of the CSI driver that Holdfast brings, and know no other',
  DriverFaults: 'only the CSI driver that Holdfast brings breaks rules on request',
  DriverCallLog: 'only the CSI driver that Holdfast brings keeps a call log',
  PowerCut: 'only the CSI driver that Holdfast brings cuts the power of a file system',
}

/**
 * Describes a cluster of ours with a driver of the user's: what the cluster is by how it was made, what the driver can do by what was seen.
 */
export function installedRecord(parts: InstalledParts): ClusterRecord {
  const { own, seen, images, subject } = parts
  const { driver, storageClass, snapshotClass, storageClasses, groupSnapshotClass, volumeAttributesClasses, classTemplate } = seen
  const { configured, featureGates } = own
  const { added, lacking } = byTheCluster(parts)
  const unused = unusedImages(parts)
  const evidence = [...(seen.platform?.evidence ?? []).filter(({ feature }) => !added.some((one) => one.feature === feature)), ...added]
  return {
    schemaVersion: 1,
    name: own.name,
    profile: 'driver',
    createdAt: own.createdAt,
    kubeconfig: own.kubeconfig,
    context: own.context,
    versions: versionsOf(parts, unused),
    ...(featureGates && { featureGates }),
    ...(configured && { configured }),
    nodes: own.nodes,
    features: [...new Set([...seen.features, ...added.map(({ feature }) => feature)])],
    driver,
    subject: { ...subject, version: driverVersion(images.map(({ reference }) => reference)) },
    ...{ storageClass, snapshotClass, storageClasses, groupSnapshotClass, volumeAttributesClasses },
    ...(seen.bindingMode && { bindingMode: seen.bindingMode }),
    ...(classTemplate && { classTemplate }),
    ...{ faultyStorageClasses: {}, faultySnapshotClasses: {}, faultyGroupSnapshotClasses: {} },
    images: [...own.images.filter(({ name }) => !unused.has(name)), ...images],
    lacking,
    workloadImage: own.workloadImage,
    ...(seen.velero && { velero: seen.velero }),
    ...(seen.workload && { workload: seen.workload }),
    platform: { ...seen.platform, evidence },
    ...(own.auditLog && { auditLog: own.auditLog }),
    callLogDirectory: null,
  }
}

/** Names of the images that components run. */
function imagesOf(some: readonly Component[]): readonly string[] {
  // Every image under its own name: a container then says which one it takes.
  const images = Object.fromEntries([...sidecarImages, ...ownImages].map(({ name }) => [name, name]))
  return containerImages(some.flatMap(({ objects }) => objects(images))).map(({ reference }) => reference)
}

/** Names of images of ours that are in the nodes, and that nothing runs: those of components that the driver takes the place of. */
function unusedImages({ brought }: InstalledParts): ReadonlySet<string> {
  const used = imagesOf(componentsBeside(brought))
  return new Set(imagesOf(components).filter((name) => !used.includes(name)))
}

/** What the cluster has and lacks for being ours with another driver. */
function byTheCluster({ seen, hasDefaultClass }: InstalledParts): {
  readonly added: readonly FeatureEvidence[]
  readonly lacking: NonNullable<ClusterRecord['lacking']>
} {
  const features = [...ofOurCluster, ...(hasDefaultClass ? [] : (['DefaultStorageClassFree'] as const))]
  const seenSo = 'Holdfast created the cluster'
  const added = features.map((feature): FeatureEvidence => ({ feature, isThere: true, by: 'api', seen: seenSo }))
  const lacking = Object.entries({ ...seen.lacking, ...ofOurDriverAlone }).filter(([name]) => !features.some((one) => one === name))
  const ofClass = hasDefaultClass ? { DefaultStorageClassFree: 'a StorageClass of the manifests is the default one' } : {}
  return { added, lacking: { ...Object.fromEntries(lacking), ...ofClass } }
}

/** Versions of Kubernetes, of what is ours, and of what the driver is made of, each by the name of its image. */
function versionsOf(parts: InstalledParts, unused: ReadonlySet<string>): Readonly<Record<string, string>> {
  const own = Object.entries(parts.own.versions).filter(([name]) => !unused.has(name))
  const known = new Set(own.map(([name]) => name))
  const byName = Map.groupBy(parts.images, ({ reference }) => shortName(reference))
  const ofDriver = [...byName].map(([name, some]) => {
    const versions = [...new Set(some.map(({ reference }) => versionIn(reference)))].join(', ')
    return [known.has(name) ? `${name} of the driver` : name, versions] as const
  })
  return Object.fromEntries([...own, ...ofDriver])
}
