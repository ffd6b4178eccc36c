import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import type { Manifest } from '../../engine/kubernetes/reference.ts'
import { field } from '../../engine/object.ts'
import { applicationImage } from '../pod/builders/application-image.ts'
import { sizesOf } from '../pvc/sizes.ts'
import { snapshotClass, snapshotClassName } from '../snapshot/snapshot-class.ts'
import { storageClass } from '../storage-class/storage-class.ts'

/** Where an example is applied. */
export interface ExampleSite {
  readonly cluster: ClusterRecord
  /** Namespace of the guarantee. */
  readonly namespace: { readonly name: string }
}

/** What stands for the classes of an example. */
export interface StandInOptions {
  /**
   * The classes of the cluster that suites use, unless told otherwise; or `own`, the ones that the example itself or another one makes,
   * with the namespace of the guarantee in their names.
   */
  readonly classes?: 'of-the-cluster' | 'own'
  /** StorageClass of the cluster in place of the one that suites use. */
  readonly storageClass?: string
  /** Driver of the classes that are made: that of the cluster, or the one that the example names. */
  readonly driver?: 'of-the-cluster' | 'as-written'
  /**
   * What runs for nginx: what stays up, and in which suites can work on data, unless told otherwise; or nginx itself, where the cluster has
   * it.
   */
  readonly nginx?: 'stand-in' | 'itself'
  /** What is added to the names of the objects, and of own classes, to tell them from those that are sent another time. */
  readonly suffix?: string
}

/** Namespace that examples name. */
const exampleNamespace = 'production'

/** What runs in place of a server that an example has for its looks, where it does not run itself. */
const staysUp = ['bash', '-c', `trap 'exit 0' TERM; sleep infinity & wait $!`]

/** Directory of a node for what is to be gone with the node. */
const below = '/run/holdfast'

type Site = ExampleSite & StandInOptions

/**
 * An object of an example with what the cluster of the suites has in place of what it names: images, classes with their drivers, sizes, the
 * namespace, the bucket; and the namespace of the guarantee in the names of what is outside namespaces. `docs/examples/README.md`
 * has the table. Throws a `TypeError` for an image or a size that nothing stands for.
 */
export function withStandIns(written: Manifest, site: Site): Manifest {
  return classOf(written, site) ?? (replaced(written, { site, kind: written.kind, path: [] }) as Manifest)
}

/** A class of the driver of the cluster that says what the written one says of everything but that driver; undefined for other objects. */
function classOf({ kind, metadata, ...written }: Manifest, site: Site): Manifest | undefined {
  const { cluster, driver = 'of-the-cluster' } = site
  const name = ownName(metadata.name, kind, site)
  if (driver === 'as-written') return undefined
  if (kind === 'StorageClass') {
    const { provisioner: _, parameters: __, ...rest } = written as { readonly provisioner?: unknown; readonly parameters?: unknown }
    return { ...storageClass(name, { cluster }), ...rest, kind, metadata: { ...metadata, name } }
  }
  if (kind !== 'VolumeSnapshotClass') return undefined
  return { ...snapshotClass(name, { cluster }), deletionPolicy: field(written, 'deletionPolicy') } as Manifest
}

interface Place {
  readonly site: Site
  readonly kind: string
  readonly path: readonly string[]
}

function replaced(value: unknown, place: Place): unknown {
  if (typeof value === 'string') return replacedText(value, place)
  if (Array.isArray(value)) return value.map((each) => replaced(each, place))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, replaced(inner, { ...place, path: [...place.path, key] })] as const)
  const object = Object.fromEntries(entries)
  const { image } = value as { readonly image?: unknown }
  if (typeof image !== 'string') return object
  return {
    ...object,
    imagePullPolicy: 'IfNotPresent',
    ...(isServerForLooks(image, place.site) && object['command'] === undefined && { command: staysUp }),
  }
}

/** Name of an object outside namespaces that the guarantee makes. */
function ownName(name: string, kind: string | undefined, { namespace, suffix = '' }: Site): string {
  return kind === 'VolumeSnapshotClass' ? snapshotClassName(namespace.name, `${name}${suffix}`) : `${namespace.name}-${name}${suffix}`
}

function replacedText(value: string, { site, kind, path }: Place): string {
  const { suffix = '' } = site
  const [key = '', parent = ''] = [path.at(-1), path.at(-2)]
  const isOutside = ['PersistentVolume', 'StorageClass', 'VolumeSnapshotClass'].includes(kind)
  switch (key) {
    case 'image':
      return imageFor(value, site)
    case 'storageClassName':
      return storageClassFor(value, site)
    case 'volumeSnapshotClassName':
      return site.classes === 'own' ? ownName(value, 'VolumeSnapshotClass', site) : site.cluster.snapshotClass
    case 'storage':
      return sizeFor(value, site)
    case 'namespace':
      return value === exampleNamespace ? site.namespace.name : value
    case 'name':
      if (parent !== 'metadata' || path.length > 2) return value
      return isOutside ? ownName(value, kind, site) : `${value}${suffix}`
    case 'claimName':
      return `${value}${suffix}`
    case 'path':
      return parent === 'hostPath' ? `${below}/${site.namespace.name}${value}` : value
    case 'url':
      return kind === 'ConfigMap' ? `${site.cluster.objectStore?.endpoint ?? ''}/${site.namespace.name}` : value
    case 'region':
      return kind === 'ConfigMap' ? (site.cluster.objectStore?.region ?? '') : value
    case 'command':
      return inScript(value, site)
    default:
      return value
  }
}

/** Names in a script that stand for something else in the cluster of the suites. */
function inScript(script: string, { namespace, cluster }: Site): string {
  return script
    .replaceAll(/(?<=volumeSnapshotClassName: )[a-z-]+/gu, cluster.snapshotClass)
    .replaceAll(/(?<=(?:-n |namespace: ))production\b/gu, namespace.name)
}

function storageClassFor(written: string, site: Site): string {
  const { classes = 'of-the-cluster', storageClass: named, cluster } = site
  if (written === '') return ''
  if (named !== undefined) return named
  return classes === 'own' ? ownName(written, 'StorageClass', site) : cluster.storageClass
}

function repositoryOf(image: string): string {
  return image.split(':')[0] ?? ''
}

function isServerForLooks(image: string, site: Site): boolean {
  return repositoryOf(image) === 'nginx' && nginxOf(site) === undefined
}

function nginxOf({ cluster, nginx = 'stand-in' }: Site): string | undefined {
  return nginx === 'itself' ? cluster.applicationImages?.nginx : undefined
}

function imageFor(image: string, site: Site): string {
  const { cluster } = site
  switch (repositoryOf(image)) {
    case 'postgres':
      return applicationImage(cluster, 'postgres')
    case 'mongo':
      // Where no cluster has the image, its Pods are not started.
      return cluster.applicationImages?.mongodb ?? cluster.workloadImage
    case 'bitnami/kubectl':
    case 'alpine/k8s':
    case 'curlimages/curl':
      return applicationImage(cluster, 'backupTools')
    case 'nginx':
      return nginxOf(site) ?? cluster.workloadImage
    default:
      throw new TypeError(`No image of the suites stands for ${image}.`)
  }
}

function sizeFor(size: string, { cluster }: Site): string {
  const { small, medium, largest } = sizesOf(cluster)
  const standIns: Readonly<Record<string, string>> = { '1Gi': small, '10Gi': small, '20Gi': medium, '50Gi': largest, '100Gi': small }
  const standIn = standIns[size]
  if (standIn === undefined) throw new TypeError(`No size of the suites stands for ${size}.`)
  return standIn
}
