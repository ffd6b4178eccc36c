import { statfs } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import type { DataDirectory } from '../storage/data-directory.ts'

/** Bytes that are free for volumes. */
export async function freeSpace(data: DataDirectory): Promise<number> {
  const { bavail, bsize } = await statfs(data.root)
  return bavail * bsize
}

/**
 * Refuses to promise more than is free. Images take room as they are written, so several volumes may promise the same room. The code says
 * to whoever asks whether less would do, as the CSI specification has it: a growth that is `OUT_OF_RANGE` may be tried again with a smaller
 * size, while one that is `RESOURCE_EXHAUSTED` is tried again as it was.
 */
export async function refuseMoreThanThereIs(
  data: DataDirectory,
  { size, code }: { readonly size: number; readonly code: 'OUT_OF_RANGE' | 'RESOURCE_EXHAUSTED' },
): Promise<void> {
  const free = await freeSpace(data)
  if (size > free) throw new Failure(code, `${size} bytes are asked for and ${free} are free: ask for less, or free some.`)
}
