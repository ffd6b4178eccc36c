import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { unpackArchive } from '../archive/unpack-archive.ts'

/** Two runs of one platform with all of their evidence, the earlier one first. Each is an archive in `runs/`. */
export const wholeRuns = ['v1.36.3-full-20261127-051232-1d09', 'v1.36.3-full-20261127-174436-d907'] as const

/**
 * The directory of a whole run, for tests that need the evidence of what Passed. It is unpacked once for all unit tests of a Vitest, so no
 * test changes anything in it. Throws for an archive that is not as it was packed.
 */
export async function wholeRun(name: (typeof wholeRuns)[number]): Promise<string> {
  const directory = join(inject('unpackedRuns'), name)
  if (existsSync(directory)) return directory
  const own = mkdtempSync(`${directory}-`)
  try {
    const problems = await unpackArchive(join(import.meta.dirname, 'runs', `${name}.tar.zst`), join(own, 'run'))
    if (problems.length > 0) throw new Error(problems.join(' '))
    renameSync(join(own, 'run'), directory)
  } catch (error) {
    // Another worker may have been first.
    if (!existsSync(directory)) throw error
  } finally {
    rmSync(own, { recursive: true })
  }
  return directory
}
