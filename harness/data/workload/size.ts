import { statfsSync } from 'node:fs'

/** Size and free space of the file system that holds a directory, in bytes, as `df` shows them. */
export function sizeOf(directory: string): { readonly directory: string; readonly totalBytes: number; readonly freeBytes: number } {
  const { bsize, blocks, bavail } = statfsSync(directory)
  return { directory, totalBytes: bsize * blocks, freeBytes: bsize * bavail }
}
