import { statfsSync } from 'node:fs'

/** Size and free space of the file system that holds a directory, in bytes, as `df` shows them. */
export function sizeOf(directory: string): { readonly directory: string; readonly totalBytes: number; readonly freeBytes: number } {
  const { bsize, blocks, bavail } = statfsSync(directory)
  return { directory, totalBytes: bsize * blocks, freeBytes: bsize * bavail }
}

const milliseconds = 10

/**
 * Returns the size of the file system that holds a directory, as soon as it is larger than `bytes`. Nothing tells a process of a growth, so
 * it looks.
 */
export function grown(directory: string, bytes: number): ReturnType<typeof sizeOf> {
  const never = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    const size = sizeOf(directory)
    if (size.totalBytes > bytes) return size
    Atomics.wait(never, 0, 0, milliseconds)
  }
}
