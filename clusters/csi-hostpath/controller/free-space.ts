import { statfs } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import type { DataDirectory } from '../storage/data-directory.ts'

/** Bytes that are free for volumes. */
export async function freeSpace(data: DataDirectory): Promise<number> {
  const { bavail, bsize } = await statfs(data.root)
  return bavail * bsize
}

/** Refuses to promise more than is free. Images take room as they are written, so several volumes may promise the same room. */
export async function refuseMoreThanThereIs(data: DataDirectory, size: number): Promise<void> {
  const free = await freeSpace(data)
  if (size > free) throw new Failure('RESOURCE_EXHAUSTED', `${size} bytes are asked for and ${free} are free: ask for less, or free some.`)
}
