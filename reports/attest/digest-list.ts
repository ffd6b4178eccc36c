import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseSums } from '../../contract/sums.ts'
import { digestOf } from '../model/run-files.ts'

/** Digests of all files of a run, as `sha256sum` writes them; its own digest stands for the whole run. */
export const listFile = 'attestation.sha256'

/** The signed statement about a run: a DSSE envelope. */
export const envelopeFile = 'attestation.dsse.json'

/**
 * The digests of all files below a directory but those of an attestation, as `sha256sum --check` reads them, sorted by path. The same files
 * give the same text. Throws a sentence for what such a list cannot hold.
 */
export async function digestList(directory: string): Promise<string> {
  const { files, others } = await contentsOf(directory)
  const [odd] = [...others, ...files.filter((path) => /[\\\n\r]/.test(path))]
  if (odd !== undefined) throw new Error(`${JSON.stringify(odd)} is not a file that a run writes.`)
  const lines: string[] = []
  for (const path of files) lines.push(`${(await digestOf(join(directory, path))).sha256}  ${path}\n`)
  return lines.join('')
}

/** Compares the files below a directory with a list of digests. Returns one sentence per file that differs. */
export async function listProblems(directory: string, list: string): Promise<readonly string[]> {
  const listed = parseSums(list)
  const { files, others } = await contentsOf(directory)
  const present = new Set(files)
  const problems = others.map((path) => `${path} is neither a file nor a directory: no run writes that.`)
  for (const [path, digest] of listed) {
    if (!present.has(path)) problems.push(`${path} is missing: it was there when the run was attested.`)
    else if ((await digestOf(join(directory, path))).sha256 !== digest) problems.push(`${path} was changed after the run was attested.`)
  }
  return [...problems, ...files.filter((path) => !listed.has(path)).map((path) => `${path} was added after the run was attested.`)]
}

/** Paths below a directory, sorted: files but those of an attestation, and what is neither file nor directory, such as a link. */
export async function contentsOf(directory: string): Promise<{ readonly files: readonly string[]; readonly others: readonly string[] }> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const paths = (some: readonly Dirent[]) => some.map(({ parentPath, name }) => relative(directory, join(parentPath, name))).toSorted()
  const files = paths(entries.filter((entry) => entry.isFile()))
  return {
    files: files.filter((path) => path !== listFile && path !== envelopeFile),
    others: paths(entries.filter((entry) => !entry.isFile() && !entry.isDirectory())),
  }
}
