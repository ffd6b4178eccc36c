import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ownCommand } from '../../contract/distribution.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { engine, engineFromFile } from '../machine/container-engine.ts'
import { clusterDirectory } from '../directories.ts'
import { SetupError } from '../setup-error.ts'
import { objectStoreImage } from './backup-images.ts'
import { componentImages } from './components.ts'
import { imageId } from './engine-images.ts'
import { ensureImages } from './ensure-images.ts'
import type { EnsureOptions } from './ensure-options.ts'
import { imagesIn, packImages, type PackedManifest, unpackImages } from './packed-images.ts'
import { type ImagePlan, neededReferences, type Origin, planImages, type Profile } from './plan.ts'

const profiles: readonly Profile[] = ['default', 'velero']

/** How long the engine may take to write images of gigabytes, in seconds. */
const savedWithin = 1800

/**
 * Writes everything that new clusters are made of to one `.tar.zst`, for a machine that is to build and to pull nothing: node images for
 * either profile, and the object store. What is missing is made first. Returns the references.
 */
export async function saveAllImages(file: string, { config, log }: EnsureOptions): Promise<readonly string[]> {
  const path = resolve(file)
  if (!existsSync(dirname(path)))
    throw new SetupError(`The folder ${dirname(path)} does not exist.`, { fix: 'Create it, or choose another file.' })
  const images = new Map<string, PackedManifest['images'][number]>()
  let kubernetes = ''
  for (const profile of profiles) {
    const made = await ensureImages({ config: { ...config, profile }, log })
    kubernetes = made.kubernetes.kubernetes
    const needed = new Set([made.nodeImage, made.references[objectStoreImage.name]])
    for (const { name, reference, imageId: id } of made.records)
      if (id !== undefined && needed.has(reference)) images.set(reference, { name, reference, imageId: id })
  }
  await withDirectory(async (directory) => {
    log(`writing ${images.size} images to ${path}`)
    await engine(['save', '--output', imagesIn(directory), ...images.keys()], { seconds: savedWithin })
    await packImages(path, directory, { kubernetes, images: [...images.values()] })
  })
  return [...images.keys()]
}

/**
 * Puts the images of such an archive into the engine, where builds would have put them. Throws a `SetupError` of one sentence, and loads
 * nothing, where the archive is damaged, or its images are not those of which this Holdfast makes clusters.
 */
export async function loadAllImages(file: string, { config, log }: EnsureOptions): Promise<readonly string[]> {
  const plans = await Promise.all(profiles.map(async (profile) => plansOf(profile, { config, log })))
  return withDirectory(async (directory) => {
    log(`unpacking ${file}`)
    const manifest = await unpackImages(resolve(file), directory)
    refuseOthers(file, manifest, plans.flat())
    const references = manifest.images.map(({ reference }) => reference)
    await engineFromFile(['load', '--quiet'], { file: imagesIn(directory) })
    for (const reference of references)
      if ((await imageId(reference)) === undefined)
        throw new SetupError(`The container engine has no ${reference}, which it loaded from ${file}.`, {
          fix: `Run ${ownCommand} doctor.`,
        })
    return references
  })
}

/** Refuses an archive that has not all that a new cluster of any profile needs, as this Holdfast and its settings make it. */
export function refuseOthers(file: string, { images, kubernetes }: PackedManifest, plans: readonly ImagePlan[]): void {
  const has = new Set(images.map(({ reference }) => reference))
  if (plans.some((plan) => neededReferences(plan).every((reference) => has.has(reference)))) return
  const nodes = (references: readonly string[]) => references.filter((each) => each.startsWith('holdfast.local/node')).join(', ') || 'none'
  const wanted = plans.map(({ nodeReference }) => nodeReference)
  throw new SetupError(
    `${file} holds no node image that this Holdfast makes clusters of: it has ${nodes([...has])} (Kubernetes ${kubernetes}), and needed is one of ${nodes(wanted)}.`,
    { fix: `Write it with the version and the settings that are used here: ${ownCommand} image save --all <file>` },
  )
}

async function plansOf(profile: Profile, options: EnsureOptions): Promise<readonly ImagePlan[]> {
  const { mirror, kubernetes, offline = false } = options.config
  const wanted = { profile, kubernetes, components: await componentImages(options) }
  const origins: readonly Origin[] = offline ? ['offline'] : ['registry', 'offline']
  return origins.map((origin) => planImages(origin, { ...wanted, ...(origin === 'registry' && { mirror }) }))
}

/** A directory for a copy of the images, where the next run sweeps what a process that was killed left of it. */
async function withDirectory<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  await mkdir(clusterDirectory('.'), { recursive: true })
  const directory = await mkdtemp(clusterDirectory(`.${temporaryPrefix('images')}`))
  try {
    return await work(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
