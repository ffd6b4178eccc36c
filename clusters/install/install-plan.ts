import type { KubernetesObject } from '@kubernetes/client-node'
import { didYouMean } from '../../contract/nearest-name.ts'
import { systemNamespace } from '../../contract/system.ts'
import type { DriverDefinition } from '../driver-definition/definition.ts'
import { SetupError } from '../setup-error.ts'
import { distinct, withNamespaces, withoutHooks } from './distinct.ts'
import type { ImageArchive } from './image-archive.ts'
import { shortName, wholeReference } from './image-reference.ts'
import { type Manifest, type PlacedManifest, titleOf } from './manifest.ts'
import { type CannotServe, refuseUnserved } from './served.ts'
import { type InstallStage, stagesOf } from './stages.ts'
import { containerImages, type ContainerImage, hasPods, type Workload, workloadsIn } from './workloads.ts'

/** An image that a driver's Pods run. */
export interface DriverImage {
  /** As the manifests write it. */
  readonly reference: string
  /** Archive that holds it; undefined for one that nodes pull, unless they have it. */
  readonly archive: string | undefined
}

/** What is done to install a driver, thought through before anything is. */
export interface InstallPlan {
  readonly stages: readonly InstallStage[]
  /** Objects whose Pods are waited for. */
  readonly workloads: readonly Workload[]
  /** Namespaces of these. */
  readonly namespaces: readonly string[]
  readonly images: readonly DriverImage[]
  /** Names of the CustomResourceDefinitions that the manifests bring: ours of the same name are left out. */
  readonly definitions: readonly string[]
  /** Whether the manifests bring a snapshot controller: ours is left out then. */
  readonly snapshotController: boolean
  /** What whoever starts the run should know, in sentences. */
  readonly notes: readonly string[]
}

/** What a plan is made of. */
export interface InstallInput {
  readonly manifests: readonly PlacedManifest[]
  readonly definition: DriverDefinition
  /** StorageClass that was named on the command line. */
  readonly storageClass?: string | undefined
  readonly archives: readonly ImageArchive[]
  readonly cluster: CannotServe
}

/**
 * Plans the installation of a driver. Starts nothing and asks nobody. Throws a `SetupError` of one sentence for what cannot work: objects
 * that contradict each other, kinds that are not served, a driver that nothing registers or runs, a class that is nowhere, an image that is
 * pulled although an archive holds it, or held under another name.
 */
export function planInstall(input: InstallInput): InstallPlan {
  const { definition, archives, cluster } = input
  const { manifests: kept, notes: leftOut } = withoutHooks(input.manifests)
  if (kept.length === 0) throw new SetupError('What --install names holds no object.', { fix: 'Pass the manifests of the CSI driver.' })
  refuseOurNamespace(kept)
  const { manifests: placed, notes: added } = withNamespaces(distinct(kept))
  refuseUnserved(placed, cluster)
  const manifests = placed.map(({ manifest }) => manifest)
  requireDriver(manifests, definition)
  requireClass(manifests, input)
  requirePods(manifests, definition)
  const containers = containerImages(manifests)
  refuseAlwaysPulled(containers, archives)
  refuseOtherNames(containers, archives)
  const workloads = workloadsIn(manifests)
  const images = imagesOf(containers, archives)
  const definitions = namesOf(manifests, 'CustomResourceDefinition')
  const snapshotController = containers.some(({ reference }) => shortName(reference) === 'snapshot-controller')
  return {
    stages: stagesOf(placed),
    workloads,
    namespaces: [...new Set(workloads.map(({ namespace }) => namespace))],
    ...{ images, definitions, snapshotController },
    notes: [
      ...leftOut,
      ...added,
      ...definitions
        .filter((name) => name.endsWith('snapshot.storage.k8s.io'))
        .map((name) => `CustomResourceDefinition ${name} is that of the manifests, not that of Holdfast.`),
      ...(snapshotController ? ['The snapshot controller is that of the manifests, not that of Holdfast.'] : []),
      ...unusedArchives(containers, archives),
      ...pulledImages(images, archives),
    ],
  }
}

function namesOf(manifests: readonly Manifest[], kind: string): readonly string[] {
  return manifests.filter((each) => each.kind === kind).map(({ metadata }) => metadata?.name ?? '')
}

function refuseOurNamespace(placed: readonly PlacedManifest[]): void {
  const isOurs = ({ kind, metadata }: KubernetesObject) =>
    metadata?.namespace === systemNamespace || (kind === 'Namespace' && metadata?.name === systemNamespace)
  const found = placed.find(({ manifest }) => isOurs(manifest))
  if (found === undefined) return
  throw new SetupError(`${titleOf(found.manifest)} of ${found.place} uses namespace ${systemNamespace}, which is Holdfast's own.`, {
    fix: 'Install the driver in another namespace.',
  })
}

function requireDriver(manifests: readonly Manifest[], { driver, file }: DriverDefinition): void {
  const registered = namesOf(manifests, 'CSIDriver')
  if (registered.includes(driver)) return
  const found = registered.length === 0 ? 'they hold no CSIDriver' : `they register ${registered.join(', ')}`
  throw new SetupError(`No manifest registers the driver ${driver} of ${file}: ${found}.${didYouMean(driver, registered)}`, {
    fix: 'Correct DriverInfo.Name, or add the CSIDriver object with that name to the manifests.',
  })
}

/** A class that the definition or a flag names is looked for in the cluster: the driver itself may make it. */
function requireClass(manifests: readonly Manifest[], { definition, storageClass }: InstallInput): void {
  const { driver, file } = definition
  if (storageClass !== undefined || definition.storageClass !== undefined) return
  const isDefault = ({ metadata }: Manifest) => metadata?.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true'
  const classes = manifests.filter(({ kind }) => kind === 'StorageClass')
  if (classes.some((each) => isDefault(each) && each['provisioner'] === driver)) return
  const known = classes.filter((each) => each['provisioner'] === driver).map(({ metadata }) => metadata?.name ?? '')
  const hint = known.length === 0 ? 'StorageClass: {FromName: true}' : `StorageClass: {FromExistingClassName: ${known[0] ?? ''}}`
  throw new SetupError(`Driver definition ${file} names no StorageClass, and no manifest holds a default one of driver ${driver}.`, {
    fix: `Write "${hint}" in it.`,
  })
}

/** Operators that start the Pods of a driver are Pods too. */
function requirePods(manifests: readonly Manifest[], { driver }: DriverDefinition): void {
  if (manifests.some(hasPods)) return
  throw new SetupError(`No object of the manifests has Pods, so nothing would run the driver ${driver}.`, {
    fix: 'Add what runs it, such as its Deployment and DaemonSet, with another --install if need be.',
  })
}

function refuseAlwaysPulled(containers: readonly ContainerImage[], archives: readonly ImageArchive[]): void {
  for (const { reference, usedBy, isAlwaysPulled } of containers) {
    const archive = archiveOf(reference, archives)
    if (archive === undefined || !isAlwaysPulled) continue
    throw new SetupError(`${usedBy}, pulls ${reference} each time, although ${archive} holds it.`, {
      fix: 'Set its imagePullPolicy to IfNotPresent, for example by a patch in a kustomization.',
    })
  }
}

/** An archive of which no image is used, and that has one of them under another registry or tag, was made for another set of manifests. */
function refuseOtherNames(containers: readonly ContainerImage[], archives: readonly ImageArchive[]): void {
  for (const { path, references } of unused(containers, archives)) {
    const meant = (reference: string) => references.find((each) => shortName(each) === shortName(reference))
    const found = containers.find(({ reference }) => archiveOf(reference, archives) === undefined && meant(reference) !== undefined)
    if (found === undefined) continue
    throw new SetupError(`${found.usedBy}, runs ${found.reference}, but ${path} holds ${meant(found.reference) ?? ''}.`, {
      fix: 'Let both have the same name and tag: "docker tag" before "docker save", or images in a kustomization.',
    })
  }
}

function archiveOf(reference: string, archives: readonly ImageArchive[]): string | undefined {
  return archives.find(({ references }) => references.includes(wholeReference(reference)))?.path
}

function imagesOf(containers: readonly ContainerImage[], archives: readonly ImageArchive[]): readonly DriverImage[] {
  const distinctOnes = [...new Set(containers.map(({ reference }) => reference))]
  return distinctOnes.map((reference) => ({ reference, archive: archiveOf(reference, archives) }))
}

/** A driver may start Pods of its own, so an archive that no manifest needs may still be needed. */
function unusedArchives(containers: readonly ContainerImage[], archives: readonly ImageArchive[]): readonly string[] {
  return unused(containers, archives).map(
    ({ path, references }) => `No manifest names an image of ${path}, which holds ${references.join(', ')}.`,
  )
}

function unused(containers: readonly ContainerImage[], archives: readonly ImageArchive[]): readonly ImageArchive[] {
  const used = new Set(containers.map(({ reference }) => wholeReference(reference)))
  return archives.filter(({ references }) => !references.some((reference) => used.has(reference)))
}

/** Where archives are given, somebody may have meant them to hold every image. */
function pulledImages(images: readonly DriverImage[], archives: readonly ImageArchive[]): readonly string[] {
  const pulled = images.filter(({ archive }) => archive === undefined).map(({ reference }) => reference)
  if (archives.length === 0 || pulled.length === 0) return []
  return [`No archive holds ${pulled.join(', ')}: the nodes pull what they do not have.`]
}
