import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { join } from 'node:path'
import { projectRoot } from '../directories.ts'
import { backupImages, objectStoreImage } from './backup-images.ts'
import { debianImage, kubeadmImages, nodeBaseImage, ownImages, programsOf, toolsImage, type ImageDefinition } from './catalogue.ts'
import { contentHash } from './content-hash.ts'
import { goSourceHash } from './go-programs.ts'
import { holdfastFiles, holdfastImageDefinition, kubectlOfHoldfast } from './holdfast-files.ts'
import { type KubernetesRelease, releaseOf } from './kubernetes-release.ts'
import { sidecarImages } from './sidecar-images.ts'
import { codeEnding, isPackage } from '../../contract/distribution.ts'

/** Which images a cluster needs: `default` for the driver and its sidecars, `velero` for those and everything about backups. */
export type Profile = 'default' | 'velero'

/** Where images come from: `registry` pulls what has a public reference, `offline` builds everything. */
export type Origin = 'registry' | 'offline'

/** One image as it will be called, with the hash of what goes into it. */
export interface PlannedImage {
  readonly definition: ImageDefinition
  /** `holdfast.local/…` for built images, the public or mirrored reference for pulled ones. */
  readonly reference: string
  readonly content: string
  readonly pulled: boolean
}

/** Every image of a run. Making the plan touches neither the engine nor a registry. */
export interface ImagePlan {
  readonly origin: Origin
  readonly profile: Profile
  readonly kubernetes: KubernetesRelease
  readonly options: PlanOptions
  readonly images: ReadonlyMap<string, PlannedImage>
  /** Reference of the node image that has all the others baked in. */
  readonly nodeReference: string
  readonly nodeContent: string
}

const imagesDirectory = join(projectRoot, 'clusters/images')

/** Files for the images of our own programs, in addition to their Dockerfiles. */
export const ownSources: Readonly<Record<string, { readonly entry: string; readonly output: string; readonly files: readonly string[] }>> =
  {
    'csi-hostpath': { entry: `clusters/csi-hostpath/main${codeEnding}`, output: 'driver.mjs', files: ['clusters/csi-hostpath'] },
    workload: {
      entry: `harness/vocabulary/data/workload/main${codeEnding}`,
      output: 'workload.mjs',
      files: ['harness/vocabulary/data/workload'],
    },
  }

/**
 * Where the sources of these programs are as they were written. The package has them beside its code, so that its images are those of the
 * checkout that it was built from.
 */
const writtenSources = isPackage ? join(projectRoot, 'sources') : projectRoot

/** Changes when the way images are baked into a node changes. */
const bakeVersion = '2'

/** What programs of ours are built with, by version: Node, and packages as they are installed. */
function installedVersions(): string {
  const packages = ['@grpc/grpc-js', '@grpc/proto-loader', 'execa', 'prom-client', 'rolldown'].map((name) => `${name}@${versionOf(name)}`)
  return [`node@${process.versions.node}`, ...packages].join(' ')
}

function versionOf(name: string): string {
  const file = findPackageJSON(name, import.meta.url)
  if (file === undefined) throw new TypeError(`The package ${name} is not installed.`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version
}

/** Name of a public image below a mirror: the registry's host is replaced by the mirror. */
export function mirrored(publicReference: string, mirror: string | undefined): string {
  if (mirror === undefined) return publicReference
  return `${mirror.replace(/\/$/, '')}/${publicReference.slice(publicReference.indexOf('/') + 1)}`
}

function contentOf(definition: ImageDefinition, baseContent: string): string {
  const recipe = definition.recipe
  const values = [definition.name, definition.version, JSON.stringify(recipe), baseContent]
  if (recipe.by === 'debootstrap' || recipe.by === 'registry') return contentHash({ values })
  const modules = [...new Set(programsOf(definition).map((program) => program.module))].map((module) => goSourceHash(module))
  if (recipe.by === 'go') return contentHash({ values: [...values, ...modules] })
  const directory = join(imagesDirectory, recipe.directory)
  if (definition.name === holdfastImageDefinition.name) {
    const kubectl = kubectlOfHoldfast()
    const programs = [installedVersions(), kubectl === undefined ? 'without kubectl' : 'with kubectl']
    return contentHash({
      values: [...values, ...programs],
      files: [directory, ...holdfastFiles(), ...(kubectl === undefined ? [] : [kubectl])],
    })
  }
  const own = ownSources[definition.name]
  const files = [directory, ...(own?.files ?? []).map((path) => join(writtenSources, path))]
  return contentHash({ values: [...values, ...modules, own === undefined ? '' : installedVersions()], files })
}

/** An image that takes the place of one of the catalogue. */
export interface ComponentImage {
  readonly reference: string
  /** What tells it from another one of the same name. */
  readonly content: string
  /** Its version as the record names it. */
  readonly version: string
}

/** What the user named, and nothing else, also where a registry has the image that it takes the place of. */
function replaced(definition: ImageDefinition, { version, reference, content }: ComponentImage): PlannedImage {
  const { name, recipe } = definition
  return { definition: { name, version, recipe }, reference, content, pulled: true }
}

/** Options of a plan, apart from its origin. */
export interface PlanOptions {
  readonly mirror?: string | undefined
  readonly profile?: Profile | undefined
  /** Minor or patch of Kubernetes; the default one when absent. */
  readonly kubernetes?: string | undefined
  /** Images that the user puts in place of ours, by name in the catalogue. */
  readonly components?: ReadonlyMap<string, ComponentImage> | undefined
  /** Names of images that are built although a registry should have them. */
  readonly built?: ReadonlySet<string>
  /** Images that are not baked into nodes. */
  readonly apart?: readonly ImageDefinition[]
}

/** Plans every image of a run for one origin. What can only be pulled, and is not to be, is left out. */
export function planImages(origin: Origin, options: PlanOptions = {}): ImagePlan {
  const { mirror, profile = 'default', built = new Set(), apart = [] } = options
  const release = releaseOf(options.kubernetes)
  const images = new Map<string, PlannedImage>()
  const definitions = [
    debianImage,
    toolsImage,
    ...(origin === 'offline' ? kubeadmImages(release) : []),
    ...sidecarImages,
    nodeBaseImage(release),
    ...(profile === 'velero' ? [...backupImages(release), objectStoreImage] : []),
    ...ownImages,
    ...apart,
  ]
  for (const definition of definitions) {
    const component = options.components?.get(definition.name)
    if (component !== undefined) {
      images.set(definition.name, replaced(definition, component))
      continue
    }
    if (origin === 'registry' && definition.publicReference !== undefined && !built.has(definition.name)) {
      const reference = mirrored(definition.publicReference, mirror)
      images.set(definition.name, { definition, reference, content: reference, pulled: true })
      continue
    }
    if (definition.recipe.by === 'registry') continue
    const base = 'on' in definition.recipe && definition.recipe.on !== 'scratch' ? (images.get(definition.recipe.on)?.content ?? '') : ''
    const content = contentOf(definition, base)
    images.set(definition.name, {
      definition,
      reference: `holdfast.local/${definition.name}:${definition.version}-${content}`,
      content,
      pulled: false,
    })
  }
  const baked = [...images.values()].filter(({ definition }) => !apart.includes(definition))
  const nodeContent = contentHash({ values: [bakeVersion, ...baked.map((image) => image.content)] })
  const name = profile === 'default' ? 'node' : `node-${profile}`
  const nodeReference = `holdfast.local/${name}:${release.kubernetes}-${nodeContent}`
  return { origin, profile, kubernetes: release, options, images, nodeContent, nodeReference }
}

/** References of the images without which nothing is ready to make a cluster: all others are in the node image. */
export function neededReferences({ nodeReference, images }: ImagePlan): readonly string[] {
  const store = images.get(objectStoreImage.name)
  return [nodeReference, ...(store === undefined ? [] : [store.reference])]
}
