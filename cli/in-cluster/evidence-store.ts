/** Where the shards of a run keep their evidence, beside each other. */
export interface EvidenceStore {
  /** Whether it has the evidence of a guarantee, whole. */
  has(id: string): Promise<boolean>
  /** Keeps the evidence of a guarantee out of a directory, whole or not at all. What is there already stays. */
  keep(id: string, directory: string): Promise<void>
  /** Writes a file, whole or not at all, in place of what is there. */
  write(path: string, text: string): Promise<void>
}

/** File in the evidence about one start of a shard. */
export function startFile(shard: number, uid: string): string {
  return `shards/${shard}/${uid}.json`
}

/** File in the evidence with what Vitest said in one start of a shard. */
export function resultsFile(shard: number, uid: string): string {
  return `shards/${shard}/${uid}.results.json`
}
