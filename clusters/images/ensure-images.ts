import type { ImageRecord } from '../../contract/cluster-record.ts'
import type { Log } from '../log.ts'
import { bakeNode } from './bake-node.ts'
import { bakedImages } from './baked-images.ts'
import { buildImage } from './build-image.ts'
import { buildOrder, modulesOf } from './build-order.ts'
import { debianImage, type GoModule, nodeBase, programsOf } from './catalogue.ts'
import { componentImages } from './components.ts'
import { imageId, removeOlder } from './engine-images.ts'
import type { EnsureOptions } from './ensure-options.ts'
import { ensureGoPrograms } from './go-programs.ts'
import { imageIdentity } from './image-identity.ts'
import type { KubernetesRelease } from './kubernetes-release.ts'
import { keptReferences } from './node-stages.ts'
import { neededReferences, planImages, type ImagePlan, type PlannedImage, type PlanOptions } from './plan.ts'
import { pull } from './pull-image.ts'
import { sideBySide } from './side-by-side.ts'

/** The images of a run, all present in the engine. */
export interface ImageSet {
  readonly nodeImage: string
  readonly origin: ImagePlan['origin']
  readonly kubernetes: KubernetesRelease
  /** Version by name in the catalogue. */
  readonly versions: Readonly<Record<string, string>>
  /** Reference by name in the catalogue. */
  readonly references: Readonly<Record<string, string>>
  readonly records: readonly ImageRecord[]
}

/** Where each missing image came from. */
type Made = Map<string, ImageRecord['from']>

const registryAnswersWithin = 20

/** Makes sure every image of a run is in the engine: present → pulled → built offline. Does nothing when nothing changed. */
export async function ensureImages(options: EnsureOptions): Promise<ImageSet> {
  const { config, log } = options
  const { profile = 'default', mirror, kubernetes } = config
  const wanted = { profile, kubernetes, components: await componentImages(options) }
  const offline = planImages('offline', wanted)
  const registry = planImages('registry', { ...wanted, mirror })
  for (const plan of config.offline === true ? [offline] : [registry, offline]) {
    if (await isComplete(plan)) return await imageSet(plan, new Map())
  }
  const made: Made = new Map()
  const plan = (await pulledPlan(options, registry.options, made)) ?? offline
  if (plan === offline) log('no container registry in use: building every image from Go modules and Debian packages')
  await buildAll([...plan.images.values()], plan, { log, made })
  await bakeNode(plan, log)
  made.set('node', 'built')
  const kept = keptReferences(plan)
  for (const image of plan.images.values()) if (!image.pulled) await removeOlder(image.definition.name, kept)
  return await imageSet(plan, made)
}

/**
 * Pulls what a registry should have. An image that cannot be pulled is built instead, and left out where it cannot be built either.
 * Undefined when no registry answers or when it lacks the node image, without which everything is built.
 */
async function pulledPlan({ config, log }: EnsureOptions, wanted: PlanOptions, made: Made): Promise<ImagePlan | undefined> {
  if (config.offline === true) return undefined
  const built = new Set<string>()
  const planned = (): ImagePlan => planImages('registry', { ...wanted, built })
  if (!(await registryAnswers(planned(), log))) return undefined
  for (const { definition, reference, pulled } of planned().images.values()) {
    if (!pulled || (await imageId(reference)) !== undefined) continue
    log(`pulling ${reference}`)
    if (await pull(definition, reference, { log })) {
      made.set(definition.name, 'pulled')
      continue
    }
    if (definition.name === nodeBase) return undefined
    const without = definition.recipe.by === 'registry'
    log(`${reference} cannot be pulled: ${without ? 'guarantees that need it will not run' : 'building it instead'}.`)
    built.add(definition.name)
  }
  return planned()
}

/** Whether a registry gives the image that all others are built on, soon enough. */
export async function registryAnswers(plan: ImagePlan, log: Log): Promise<boolean> {
  const base = plan.images.get(debianImage.name)
  return base !== undefined && (await pull(base.definition, base.reference, { log, seconds: registryAnswersWithin }))
}

/** Once the node image is present, only images that do not go into nodes can be missing. */
async function isComplete(plan: ImagePlan): Promise<boolean> {
  const found = await Promise.all(neededReferences(plan).map(imageId))
  return found.every((id) => id !== undefined)
}

/**
 * Builds those images of a plan that are built and not in the engine, and notes them. Go compiles one module after the other meanwhile,
 * which keeps every core busy: what waits for packages of Debian and what waits for cores are done beside each other.
 */
export async function buildAll(
  images: readonly PlannedImage[],
  plan: ImagePlan,
  { log, made }: { readonly log: Log; readonly made: Made },
): Promise<void> {
  const missing: PlannedImage[] = []
  for (const image of images) if (!image.pulled && (await imageId(image.reference)) === undefined) missing.push(image)
  await sideBySide((signal) => {
    const compiled = compileInTurn(missing, { log, signal })
    const build = async () => {
      for (const image of buildOrder(missing)) {
        await Promise.all(modulesOf([image]).map(async (module) => compiled.get(module)))
        signal.throwIfAborted()
        await buildImage(image, plan, { log, signal })
        made.set(image.definition.name, 'built')
      }
    }
    return [...compiled.values(), build()]
  })
}

/** One Go build for all programs of a module compiles each shared package once. */
function compileInTurn(
  images: readonly PlannedImage[],
  making: { readonly log: Log; readonly signal: AbortSignal },
): ReadonlyMap<GoModule, Promise<unknown>> {
  const programs = Map.groupBy(
    images.flatMap(({ definition }) => programsOf(definition)),
    ({ module }) => module,
  )
  const compiled = new Map<GoModule, Promise<unknown>>()
  let last: Promise<unknown> = Promise.resolve()
  for (const module of modulesOf(images)) {
    last = last.then(async () => ensureGoPrograms(programs.get(module) ?? [], making))
    compiled.set(module, last)
  }
  return compiled
}

async function imageSet(plan: ImagePlan, made: ReadonlyMap<string, ImageRecord['from']>): Promise<ImageSet> {
  const all = [...plan.images.values()].map((image) => ({ name: image.definition.name, reference: image.reference }))
  const baked = await bakedImages(plan.nodeReference)
  const records: ImageRecord[] = []
  for (const image of [...all, { name: 'node', reference: plan.nodeReference }]) {
    // What is in the node image can be gone from the engine.
    const identity = (await imageIdentity(image.reference)) ?? baked.get(image.name)
    if (identity !== undefined) records.push({ ...image, ...identity, from: made.get(image.name) ?? 'present' })
  }
  const references = Object.fromEntries(all.map((image) => [image.name, image.reference]))
  const versions = Object.fromEntries([...plan.images.values()].map(({ definition: { name, version } }) => [name, version]))
  return { nodeImage: plan.nodeReference, origin: plan.origin, kubernetes: plan.kubernetes, versions, references, records }
}
