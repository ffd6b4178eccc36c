import { quantityOf } from '../../contract/quantity.ts'
import { seenByPod } from './first-volume.ts'
import { attempt, type Attempt, awaited, nodeOfReady, NotSeen, type Probe } from './probe-context.ts'
import { probeInlinePod } from './probe-objects.ts'

/** A file system takes up to half of a small volume for itself, and no more than a tenth may be there that nobody asked for. */
const [leastShown, mostShown] = [0.5, 1.1]

/** Whether a file system is that of a volume of so many bytes. */
export function isOfSize(fileSystem: number, size: number): boolean {
  return fileSystem >= leastShown * size && fileSystem <= mostShown * size
}

/**
 * Tries a volume that a Pod names itself. Attributes are up to the driver: one that does not know `size`, by which suites ask for bytes,
 * has none that suites can use.
 */
export async function inlineVolume(probe: Probe, driver: string): Promise<Attempt> {
  const name = 'inline'
  return attempt(probe, name, async () => {
    const { api, place, seen, size } = probe
    await api.objects.create(probeInlinePod(place, name, { driver, size: quantityOf(size) }))
    await awaited(probe, 'a Pod that is Ready with an inline volume', () => nodeOfReady(seen.pod(name)))
    const found = await seenByPod(probe, name)
    if (found === undefined) throw new NotSeen('a Pod was Ready with an inline volume, but its size could not be read')
    if (isOfSize(found.fileSystem, size)) return `a Pod was Ready with an inline volume of ${quantityOf(size)}, as its attribute size says`
    const had = `${Math.round(found.fileSystem / 2 ** 20)} MiB`
    throw new NotSeen(`a Pod was Ready with an inline volume of ${had}, although its attribute size says ${quantityOf(size)}`)
  })
}
