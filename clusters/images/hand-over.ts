import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { askEngine, engine, EngineError } from '../machine/container-engine.ts'
import { SetupError } from '../setup-error.ts'
import type { EnsureOptions } from './ensure-options.ts'
import { holdfastImageDefinition } from './holdfast-files.ts'
import { ensureImageApart } from './image-apart.ts'
import { imageIdentity } from './image-identity.ts'
import { ensureSuiteImages, type SuiteImageName } from './named-images.ts'

/** An image that nodes are given: one that suites run in, or that of Holdfast itself, in which shards run. */
export type HandedOverName = SuiteImageName | 'holdfast'

/** An image that nodes are given, and what it is called where they get it. */
export interface HandedOver {
  readonly name: HandedOverName
  readonly reference: string
}

/** Images to hand over, and how those that are missing are made. */
interface HandOver {
  readonly names: readonly HandedOverName[]
  readonly making: EnsureOptions
}

/** Writes images that suites run in to one tar archive. Returns the references under which the archive holds them. */
export async function saveImages(file: string, { names, making }: HandOver): Promise<readonly HandedOver[]> {
  const path = resolve(file)
  if (!existsSync(dirname(path)))
    throw new SetupError(`The folder ${dirname(path)} does not exist.`, { fix: 'Create it, or choose another file.' })
  const images = await handedOver(names, making)
  await docker(['save', '--output', path, ...images.map(({ reference }) => reference)], {
    failed: `The image could not be written to ${path}`,
  })
  return images
}

/**
 * Pushes images that suites run in to one repository such as `registry.example.com/holdfast/workload`, told apart by their tags. Returns
 * their references there, with their digests.
 */
export async function pushImages(repository: string, { names, making }: HandOver): Promise<readonly HandedOver[]> {
  const pushed: HandedOver[] = []
  for (const image of await handedOver(names, making)) pushed.push(await pushImage(repository, image, making))
  return pushed
}

async function handedOver(names: readonly HandedOverName[], making: EnsureOptions): Promise<readonly HandedOver[]> {
  const ofSuites = names.filter((name) => name !== 'holdfast')
  const records = await ensureSuiteImages(ofSuites, making)
  const handed = ofSuites.flatMap((name, place): readonly HandedOver[] => {
    const reference = records[place]?.reference
    return reference === undefined ? [] : [{ name, reference }]
  })
  if (ofSuites.length === names.length) return handed
  return [...handed, { name: 'holdfast', reference: (await ensureImageApart(holdfastImageDefinition, making)).reference }]
}

/** Tag of an image in a repository that may hold others too. */
export function tagOf({ name, reference }: HandedOver): string {
  const tag = reference.slice(reference.lastIndexOf(':') + 1)
  return name === 'workload' ? tag : `${name}-${tag}`
}

async function pushImage(repository: string, image: HandedOver, { log }: EnsureOptions): Promise<HandedOver> {
  const pushed = `${repository}:${tagOf(image)}`
  await docker(['tag', image.reference, pushed], { failed: `The image could not be tagged ${pushed}` })
  log(`pushing ${pushed}`)
  await docker(['push', '--quiet', pushed], { failed: `${pushed} could not be pushed`, fix: `Check that "docker push ${pushed}" works.` })
  const digest = (await imageIdentity(pushed))?.digest
  // The name was for the registry; the image stays under its own.
  await askEngine(['image', 'rm', '--no-prune', pushed])
  return { name: image.name, reference: digest === undefined ? pushed : `${pushed}@${digest}` }
}

/** How long an image of some hundred megabytes may take over a slow line, in seconds. */
const handedOverWithin = 1800

async function docker(
  command: readonly [verb: string, ...rest: readonly string[]],
  { failed, fix }: { readonly failed: string; readonly fix?: string },
): Promise<void> {
  try {
    await engine(command, { seconds: handedOverWithin })
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new SetupError(`${failed}: ${error.why}.`, { ...(fix !== undefined && { fix }), cause: error })
  }
}

/** Images of the engine, each with the name under which an archive holds it. */
export type NamedImages = Readonly<Record<string, string>>

/** Writes images to an archive, by the names under which it holds them, as somebody would who never heard of Holdfast. */
export async function saveImagesAs(file: string, references: NamedImages): Promise<void> {
  const names = Object.keys(references)
  for (const [name, reference] of Object.entries(references))
    await docker(['tag', reference, name], { failed: `${reference} could not be tagged` })
  try {
    await docker(['save', '--output', file, ...names], { failed: `The images could not be written to ${file}` })
  } finally {
    await askEngine(['image', 'rm', '--no-prune', ...names])
  }
}
