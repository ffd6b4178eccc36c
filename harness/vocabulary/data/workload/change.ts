import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { content, flush, type Written } from './content.ts'

/**
 * Changes a tree that `fill` wrote in each way there is: overwrite, append, truncate, add, delete, rename, chmod. Returns once it is
 * durable.
 */
export function change(directory: string, seed: number): Written {
  const at = (path: string): string => join(directory, path)
  const overwritten = content(seed, 50_000)
  const added = content(seed + 1, 300_000)
  const appended = content(seed + 2, 10_000)
  writeFileSync(at('to-overwrite'), overwritten)
  appendFileSync(at('wal/000000010000000000000002'), appended)
  truncateSync(at('large.bin'), 1_000_000)
  mkdirSync(at('added'))
  writeFileSync(at('added/new-file'), added)
  rmSync(at('to-delete'))
  renameSync(at('to-rename'), at('renamed'))
  chmodSync(at('to-chmod'), 0o600)
  flush(directory)
  return { directory, files: 7, bytes: overwritten.length + appended.length + added.length }
}
