import { askEngine, engine, EngineError } from '../machine/container-engine.ts'
import type { Log } from '../log.ts'
import type { ImageDefinition } from './catalogue.ts'

/** How long one image may take, in seconds: a node image is half a gigabyte. */
const pulledWithin = 1800

/**
 * Pulls an image from where its reference names it; where that is a mirror that lacks it, from the public registry, under the mirror's
 * name. False when neither has it, within so many seconds each.
 */
export async function pull(
  { publicReference }: Pick<ImageDefinition, 'publicReference'>,
  reference: string,
  { log, seconds = pulledWithin }: { readonly log: Log; readonly seconds?: number },
): Promise<boolean> {
  const first = await tryToPull(reference, seconds)
  if (first === undefined) return true
  if (publicReference === undefined || publicReference === reference) {
    log(`  ${reference} was not pulled: ${first}`)
    return false
  }
  log(`  ${reference} was not pulled: ${first}; trying ${publicReference}`)
  const second = await tryToPull(publicReference, seconds)
  if (second === undefined) return (await askEngine(['tag', publicReference, reference])) !== undefined
  log(`  ${publicReference} was not pulled: ${second}`)
  return false
}

/** Undefined when the image was pulled, else why not, in one line. */
async function tryToPull(reference: string, seconds: number): Promise<string | undefined> {
  try {
    await engine(['pull', '--quiet', reference], { seconds })
    return undefined
  } catch (error) {
    if (error instanceof EngineError) return error.why
    throw error
  }
}
