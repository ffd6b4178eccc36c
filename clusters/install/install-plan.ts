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
import { containerImages, type ContainerImage, type Workload, workloadsIn } from './workloads.ts'

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
 * that contradict each other, kinds that are not served, a driver that nothing registers, a class that is nowhere, an image that is pulled
 * although an archive holds it.
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
  const containers = containerImages(manifests)
  refuseAlwaysPulled(containers, archives)
  const workloads = workloadsIn(manifests)
  const definitions = namesOf(manifests, 'CustomResourceDefinition')
  const snapshotController = containers.some(({ reference }) => shortName(reference) === 'snapshot-controller')
  return {
    stages: stagesOf(placed),
    workloads,
    namespaces: [...new Set(workloads.map(({ namespace }) => namespace))],
    images: imagesOf(containers, archives),
    ...{ definitions, snapshotController },
    notes: [
      ...leftOut,
      ...added,
      ...definitions
        .filter((name) => name.endsWith('snapshot.storage.k8s.io'))
        .map((name) => `CustomResourceDefinition ${name} is that of the manifests, not that of Holdfast.`),
      ...(snapshotController ? ['The snapshot controller is that of the manifests, not that of Holdfast.'] : []),
      ...unusedArchives(containers, archives),
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

function refuseAlwaysPulled(containers: readonly ContainerImage[], archives: readonly ImageArchive[]): void {
  for (const { reference, usedBy, isAlwaysPulled } of containers) {
    const archive = archiveOf(reference, archives)
    if (archive === undefined || !isAlwaysPulled) continue
    throw new SetupError(`${usedBy}, pulls ${reference} each time, although ${archive} holds it.`, {
      fix: 'Set its imagePullPolicy to IfNotPresent, for example by a patch in a kustomization.',
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
  const used = new Set(containers.map(({ reference }) => wholeReference(reference)))
  return archives
    .filter(({ references }) => !references.some((reference) => used.has(reference)))
    .map(({ path, references }) => `No manifest names an image of ${path}, which holds ${references.join(', ')}.`)
}
