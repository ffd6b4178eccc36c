import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from './condition.ts'
import { type Judged, knownBy } from './is-known.ts'
import { readKnownFailures } from './read-known-failures.ts'
import { knownFailuresFile, knownInWords } from './section.ts'

/** While a run goes on: that a failure is known, in words; undefined where it is not, or where nothing can be read yet. */
export async function knownSoFar(runDirectory: string, judged: Judged): Promise<string | undefined> {
  if (judged.verdict === 'Passed') return undefined
  try {
    const read = readKnownFailures(await readFile(join(runDirectory, knownFailuresFile), 'utf8'))
    if ('mistakes' in read) return undefined
    const platform = (await readObject(join(runDirectory, 'cluster.json'))) as Platform
    const { startedAt } = (await readObject(join(runDirectory, 'run.json'))) as { readonly startedAt: string }
    const entry = knownBy(judged, { entries: read.entries, platform, day: startedAt.slice(0, 10) })
    return entry && knownInWords(entry)
  } catch {
    return undefined
  }
}

async function readObject(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}
