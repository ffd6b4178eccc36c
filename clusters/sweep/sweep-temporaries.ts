import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { livenessOfTemporary } from '../../contract/owner.ts'
import { cacheDirectory, clusterDirectory } from '../directories.ts'
import { releaseBelow } from '../loop-devices.ts'

/** What a part of a sweep removed, and what it left. */
export interface Swept {
  readonly removed: readonly string[]
  /** Things that look like ours and whose owner may be alive, each with the command that removes it. They stay. */
  readonly left: readonly string[]
}

/** Removes the files and directories in which a process that is dead made something; their names carry the process. */
export async function sweepTemporaries(): Promise<Swept> {
  const builds = await Promise.all(['programs', 'mutated-programs'].map(async (kind) => below(cacheDirectory(kind))))
  const parents = [tmpdir(), clusterDirectory('.'), ...builds.flat()]
  const removed: string[] = []
  const left: string[] = []
  for (const parent of parents) {
    for (const name of await readdir(parent).catch(() => [])) {
      const path = join(parent, name)
      const liveness = livenessOfTemporary(name.replace(/^\./, ''))
      if (liveness === 'unknown')
        left.push(`${path}: created on another machine or in another PID namespace. If nobody uses it: rm -r ${path}`)
      if (liveness !== 'dead') continue
      // A csi-sanity that was killed leaves what the driver mounted.
      removed.push(...(await releaseBelow(path)))
      await rm(path, { recursive: true, force: true })
      removed.push(`directory ${path}`)
    }
  }
  return { removed, left }
}

async function below(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => [])
  return names.map((name) => join(directory, name))
}
