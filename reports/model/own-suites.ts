import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseSums } from '../../contract/sums.ts'

/** Folder of a run with the suites of one's own that it ran, a folder each for the directories that they came from. */
export const ownSuitesFolder = 'own-suites'

/** SHA-256 of each file in that folder as the run found it, by path in the run, as `sha256sum` writes it. */
export const ownSuitesFile = 'own-suites.sha256'

/** Schema of a directory with suites that are not of Holdfast. */
export const ownSuitesSchema = z.strictObject({
  /** Name of the directory, and of its folder in the run. */
  name: z.string().regex(/^[\w.-]+$/),
  /** What the ids of its guarantees begin with, up to the slash: no guarantee of Holdfast begins so. */
  areas: z.array(z.string().min(1)).min(1),
  files: z.int().positive(),
  /** SHA-256 of the lines of its files in `own-suites.sha256`. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/** A directory with suites that are not of Holdfast, as a run records it. */
export type OwnSuitesRecord = z.infer<typeof ownSuitesSchema>

/** Whether a guarantee is one of the recorded suites, by its id. */
export function isOwnGuarantee(id: string, recorded: readonly OwnSuitesRecord[] = []): boolean {
  const [area = ''] = id.split('/')
  return recorded.some(({ areas }) => areas.includes(area))
}

/** Digests of the files of own suites that a run recorded, by path in the run; undefined where it has none. */
export function ownSuiteDigests(runDirectory: string): ReadonlyMap<string, string> | undefined {
  const list = join(runDirectory, ownSuitesFile)
  return existsSync(list) ? parseSums(readFileSync(list, 'utf8')) : undefined
}

/** What of the lines of `own-suites.sha256` is of one directory. */
export function linesOfDirectory(sums: string, name: string): string {
  const lines = sums.split('\n').filter((line) => line.includes(`  ${ownSuitesFolder}/${name}/`))
  return lines.map((line) => `${line}\n`).join('')
}
