import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { askEngine, engine, EngineError } from '../container-engine.ts'
import { SetupError } from '../setup-error.ts'
import { ensureWorkloadImage } from './ensure-images.ts'
import type { EnsureOptions } from './ensure-options.ts'
import { imageIdentity } from './image-identity.ts'

/** Writes the image that suites run in to a tar archive. Returns the reference under which the archive holds it. */
export async function saveWorkloadImage(file: string, making: EnsureOptions): Promise<string> {
  const path = resolve(file)
  if (!existsSync(dirname(path)))
    throw new SetupError(`The folder ${dirname(path)} does not exist.`, { fix: 'Create it, or choose another file.' })
  const { reference } = await ensureWorkloadImage(making)
  await docker(['save', '--output', path, reference], { failed: `The image could not be written to ${path}` })
  return reference
}

/**
 * Pushes the image that suites run in to a repository such as `registry.example.com/holdfast/workload`. Returns its reference there, with
 * its digest.
 */
export async function pushWorkloadImage(repository: string, making: EnsureOptions): Promise<string> {
  const { reference } = await ensureWorkloadImage(making)
  const pushed = `${repository}:${reference.slice(reference.lastIndexOf(':') + 1)}`
  await docker(['tag', reference, pushed], { failed: `The image could not be tagged ${pushed}` })
  making.log(`pushing ${pushed}`)
  await docker(['push', '--quiet', pushed], { failed: `${pushed} could not be pushed`, fix: `Check that "docker push ${pushed}" works.` })
  const digest = (await imageIdentity(pushed))?.digest
  // The name was for the registry; the image stays under its own.
  await askEngine(['image', 'rm', '--no-prune', pushed])
  return digest === undefined ? pushed : `${pushed}@${digest}`
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
