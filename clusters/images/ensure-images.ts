import { execa } from 'execa'
import type { Config } from '../config.ts'
import type { ImageRecord } from '../../contract/cluster-record.ts'
import type { Say } from '../say.ts'
import { bakeNode } from './bake-node.ts'
import { buildImage } from './build-image.ts'
import { objectStoreImage } from './catalogue.ts'
import { imageId, removeOlder } from './engine-images.ts'
import { ensureGoPrograms } from './go-programs.ts'
import { planImages, type ImagePlan, type PlannedImage } from './plan.ts'

/** The images of a run, all present in the engine. */
export interface ImageSet {
  readonly nodeImage: string
  readonly origin: ImagePlan['origin']
  /** Reference by name in the catalogue. */
  readonly references: Readonly<Record<string, string>>
  readonly records: readonly ImageRecord[]
}

const registryAnswersWithin = 20

async function registryAnswers(plan: ImagePlan): Promise<boolean> {
  const probe = plan.images.get('debian')
  if (probe === undefined) return false
  const pulled = await execa('docker', ['pull', '--quiet', probe.reference], { reject: false, timeout: registryAnswersWithin * 1000 })
  return !pulled.failed
}

/** Makes sure every image of a run is in the engine: present → pulled → built offline. Does nothing when nothing changed. */
export async function ensureImages(options: { readonly config: Config; readonly say: Say }): Promise<ImageSet> {
  const { config, say } = options
  const profile = config.profile ?? 'default'
  const offline = planImages('offline', { profile })
  const registry = planImages('registry', { mirror: config.mirror, profile })
  for (const plan of config.offline === true ? [offline] : [registry, offline]) {
    if (await isComplete(plan)) return await imageSet(plan, new Map())
  }
  const plan = config.offline !== true && (await registryAnswers(registry)) ? registry : offline
  if (plan === offline) say('no container registry in use: building every image from Go modules and Debian packages')
  const made = new Map<string, ImageRecord['from']>()
  if (plan === offline) await buildAllPrograms(plan, say)
  for (const image of plan.images.values()) {
    if ((await imageId(image.reference)) !== undefined) continue
    await makeImage(image, plan, say)
    made.set(image.definition.name, image.pulled ? 'pulled' : 'built')
  }
  await bakeNode(plan, say)
  made.set('node', 'built')
  for (const image of plan.images.values()) if (!image.pulled) await removeOlder(image.definition.name, image.reference)
  await removeOlder(plan.profile === 'default' ? 'node' : `node-${plan.profile}`, plan.nodeReference)
  return await imageSet(plan, made)
}

/** What a plan still lacks once its node image is there is only what does not go into nodes. */
async function isComplete(plan: ImagePlan): Promise<boolean> {
  const beside = plan.images.get(objectStoreImage.name)
  const needed = [plan.nodeReference, ...(beside === undefined ? [] : [beside.reference])]
  const found = await Promise.all(needed.map(imageId))
  return found.every((id) => id !== undefined)
}

async function makeImage(image: PlannedImage, plan: ImagePlan, say: Say): Promise<void> {
  if (!image.pulled) return await buildImage(image, plan, say)
  say(`pulling ${image.reference}`)
  await execa('docker', ['pull', '--quiet', image.reference])
}

/** One Go build for all missing programs compiles each shared package once and keeps every core busy. */
async function buildAllPrograms(plan: ImagePlan, say: Say): Promise<void> {
  const wanted = []
  for (const image of plan.images.values()) {
    const { recipe } = image.definition
    if (recipe.by === 'debootstrap' || recipe.by === 'registry' || (await imageId(image.reference)) !== undefined) continue
    wanted.push(...(recipe.by === 'go' ? [recipe.program] : (recipe.programs ?? [])))
  }
  if (wanted.length > 0) await ensureGoPrograms(wanted, say)
}

async function imageSet(plan: ImagePlan, made: ReadonlyMap<string, ImageRecord['from']>): Promise<ImageSet> {
  const all = [...plan.images.values()].map((image) => ({ name: image.definition.name, reference: image.reference }))
  const records: ImageRecord[] = []
  for (const image of [...all, { name: 'node', reference: plan.nodeReference }]) {
    const digest = await imageId(image.reference)
    if (digest !== undefined) records.push({ ...image, digest, from: made.get(image.name) ?? 'present' })
  }
  const references = Object.fromEntries(all.map((image) => [image.name, image.reference]))
  return { nodeImage: plan.nodeReference, origin: plan.origin, references, records }
}
