import { execa } from 'execa'
import type { Say } from '../say.ts'
import type { ImageDefinition } from './catalogue.ts'

/** How long one image may take, in seconds: a node image is half a gigabyte. */
const pulledWithin = 1800

/**
 * Pulls an image from where its reference names it; where that is a mirror that lacks it, from the public registry, under the mirror's name. False
 * when neither has it, within so many seconds each.
 */
export async function pull(
  { publicReference }: Pick<ImageDefinition, 'publicReference'>,
  reference: string,
  { say, seconds = pulledWithin }: { readonly say: Say; readonly seconds?: number },
): Promise<boolean> {
  const first = await tryToPull(reference, seconds)
  if (first === undefined) return true
  if (publicReference === undefined || publicReference === reference) {
    say(`  ${reference} was not pulled: ${first}`)
    return false
  }
  say(`  ${reference} was not pulled: ${first}; trying ${publicReference}`)
  const second = await tryToPull(publicReference, seconds)
  if (second === undefined) return !(await execa('docker', ['tag', publicReference, reference], { reject: false })).failed
  say(`  ${publicReference} was not pulled: ${second}`)
  return false
}

/** Undefined when the image was pulled, else why not, in one line. */
async function tryToPull(reference: string, seconds: number): Promise<string | undefined> {
  const pulled = await execa('docker', ['pull', '--quiet', reference], { reject: false, timeout: seconds * 1000 })
  if (!pulled.failed) return undefined
  if (pulled.timedOut) return `no answer within ${seconds} s`
  return (pulled.stderr.trim().split('\n').at(-1) ?? '').replace(/^Error response from daemon: /, '').replace(/\.$/, '')
}
