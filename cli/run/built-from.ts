import { hash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSums, sumsText } from '../../contract/sums.ts'
import { sourceFolders, sourcesFile } from '../../reports/model/run-sources.ts'
import type { RunRecord } from '../../reports/model/run-record.ts'

/** Which checkout Holdfast ran from. */
export type Checkout = Pick<RunRecord, 'commit' | 'repository' | 'changedFiles'>

/** What the build writes beside the code of the package. */
export const buildFiles = {
  /** The checkout that it was built from, as JSON. */
  checkout: 'built-from.json',
  /** SHA-256 of all other files of the package. */
  digests: 'package.sha256',
  /** SHA-256 of the sources of the checkout. */
  sources: sourcesFile,
} as const

/** What a package was built from. A file of it that is not as it was built counts as one that differs from the commit. */
export interface BuiltFrom {
  readonly checkout: Checkout
  /** SHA-256 of each source of the checkout, as `sha256sum` writes it; of what is in its place, where that is not as it was built. */
  readonly sources: string
}

/** Undefined for a directory that no build has written. */
export function builtFrom(root: string): BuiltFrom | undefined {
  if (!existsSync(join(root, buildFiles.checkout))) return undefined
  const checkout = JSON.parse(readFileSync(join(root, buildFiles.checkout), 'utf8')) as Checkout
  const changed = changedFiles(root)
  const sources = readFileSync(join(root, buildFiles.sources), 'utf8')
  if (changed.size === 0) return { checkout, sources }
  const { commit, changedFiles: former = [] } = checkout
  return {
    checkout: {
      ...checkout,
      commit: /^[0-9a-f]+$/.test(commit) ? `${commit}-dirty` : commit,
      changedFiles: [...former, ...changed.keys()],
    },
    sources: sumsWith(parseSums(sources), changed),
  }
}

/** SHA-256 of every file of a directory, by path; of those that the build wrote beside the code, none. */
export function digestsIn(directory: string): ReadonlyMap<string, string> {
  const beside = new Set<string>([buildFiles.digests, buildFiles.sources, buildFiles.checkout])
  const files = globSync('**', { cwd: directory, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1)).toSorted()
  return new Map(paths.filter((path) => !beside.has(path)).map((path) => [path, hash('sha256', readFileSync(join(directory, path)))]))
}

/** Files that are not as they were built, with their digests as they are; undefined for those that are gone. */
function changedFiles(root: string): ReadonlyMap<string, string | undefined> {
  const [built, there] = [parseSums(readFileSync(join(root, buildFiles.digests), 'utf8')), digestsIn(root)]
  const differing = [...new Set([...built.keys(), ...there.keys()])].filter((path) => built.get(path) !== there.get(path))
  return new Map(differing.toSorted().map((path) => [path, there.get(path)]))
}

/** Digests of sources, with those of changed files of the package in their place. */
function sumsWith(sources: ReadonlyMap<string, string>, changed: ReadonlyMap<string, string | undefined>): string {
  const all = new Map<string, string>(sources)
  for (const [path, digest] of changed) {
    if (!sourceFolders.some((folder) => path.startsWith(`${folder}/`))) continue
    const source = path.replace(/\.js$/, '.ts')
    if (digest === undefined) all.delete(source)
    else all.set(source, digest)
  }
  return sumsText(new Map([...all].toSorted(([one], [other]) => (one < other ? -1 : 1))))
}
