import { once } from 'node:events'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { temporaryPrefix } from '../../contract/owner.ts'

/** Threads that compute at the same time: a run keeps two cores busy, and a machine that lacks one takes longer for it. */
const threads = 2

/** Writes that reach the disk in one round of the probe, as those of etcd do. */
const writes = 40

/**
 * Does a fixed piece of the kind of work that a run consists of, in about two seconds, and returns how many seconds one round of it took.
 * The middle one of the rounds counts: something else that disturbs one of them does not decide.
 */
export async function probe({ rounds = 3 }: { readonly rounds?: number } = {}): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), temporaryPrefix('probe')))
  try {
    const seconds: number[] = []
    for (let round = 0; round < rounds; round += 1) seconds.push(await oneRound(join(directory, 'writes')))
    return seconds.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function oneRound(path: string): Promise<number> {
  const start = performance.now()
  const workers = Array.from({ length: threads }, () => new Worker(new URL('probe-work.ts', import.meta.url)))
  await Promise.all(workers.map(async (worker) => once(worker, 'exit')))
  await writeToDisk(path)
  return (performance.now() - start) / 1000
}

async function writeToDisk(path: string): Promise<void> {
  await using file = await open(path, 'w')
  const block = Buffer.alloc(4096, 'holdfast')
  for (let written = 0; written < writes; written += 1) {
    await file.write(block)
    await file.sync()
  }
}
