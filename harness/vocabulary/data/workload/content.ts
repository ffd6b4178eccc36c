import { execFileSync } from 'node:child_process'
import { createCipheriv } from 'node:crypto'

/** Bytes that look random and are the same for the same seed. */
export function content(seed: number, size: number): Buffer {
  const key = Buffer.alloc(16)
  key.writeUInt32BE(seed >>> 0, 0)
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size))
}

/** Makes everything written below a directory durable. */
export function flush(directory: string): void {
  execFileSync('sync', ['--file-system', directory])
}

/** What was done to a directory. */
export interface Written {
  readonly directory: string
  readonly files: number
  readonly bytes: number
}
