import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Ending of files that are still being written; what a killed process left of them is swept at the next start. */
export const unfinished = '.partial'

/** Flushes a file, or the entries of a directory, to the disk. */
export async function flush(path: string): Promise<void> {
  await using handle = await open(path, 'r')
  await handle.sync()
}

/** Gives a finished file its name: after a power cut it is there whole or not at all. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await flush(from)
  await rename(from, to)
  await flush(dirname(to))
}

/**
 * Writes a whole file at once: readers and a kill at any moment see the old text or the new, never a part. Nobody else may be
 * writing it. What a killed write left is in the way of nobody: the next one takes its place.
 */
export async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = `${path}${unfinished}`
  {
    await using handle = await open(temporary, 'w', 0o600)
    await handle.writeFile(text)
  }
  await moveDurably(temporary, path)
}
