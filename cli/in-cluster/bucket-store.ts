import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Bucket } from './bucket.ts'
import type { EvidenceStore } from './evidence-store.ts'

const archive = '.tar.gz'

const evidenceBytesAtMost = 512 * 1024 * 1024

/** Evidence in a bucket: one object for each guarantee, which is there whole or not at all. */
export function bucketStore(bucket: Bucket): EvidenceStore {
  const keyOf = (id: string) => `evidence/${id}${archive}`
  return {
    has: async (id) => bucket.has(keyOf(id)),
    async keep(id, directory) {
      // What another start of the shard kept stays.
      if (await bucket.has(keyOf(id))) return
      const maxBuffer = evidenceBytesAtMost
      await bucket.put(keyOf(id), execFileSync('tar', ['--create', '--gzip', '--directory', directory, '.'], { maxBuffer }))
    },
    write: async (path, text) => bucket.put(path, Buffer.from(text)),
  }
}

/** Brings all evidence of a run out of its bucket into a directory, as it would be on a volume. */
export async function fetchEvidence(bucket: Bucket, directory: string): Promise<void> {
  for (const key of await bucket.list()) {
    const content = await bucket.get(key)
    const isArchive = key.endsWith(archive)
    const path = join(directory, isArchive ? key.slice(0, -archive.length) : key)
    mkdirSync(isArchive ? path : dirname(path), { recursive: true })
    if (isArchive) execFileSync('tar', ['--extract', '--gzip', '--no-same-owner', '--directory', path], { input: content })
    else writeFileSync(path, content)
  }
}
