import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSums } from '../../../contract/sums.ts'

/** File that lists the digests of all others in a directory of evidence. */
export const sumsFile = 'SHA256SUMS'

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/** Every file below a directory but the list itself, by relative path. */
function filesOf(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .filter((file) => file !== sumsFile)
    .sort()
}

/** Writes the digests of all files of a directory into `SHA256SUMS`, as `sha256sum --check` reads them. */
export function writeSums(directory: string): void {
  const lines = filesOf(directory).map((file) => `${sha256(join(directory, file))}  ${file}\n`)
  writeFileSync(join(directory, sumsFile), lines.join(''))
}

/** Hashes every file of a directory of evidence again. Returns what differs from `SHA256SUMS`, one sentence each; none is good. */
export function verifyEvidence(directory: string): readonly string[] {
  let list: string
  try {
    list = readFileSync(join(directory, sumsFile), 'utf8')
  } catch {
    return [`${sumsFile} is missing: the evidence was never completed.`]
  }
  const listed = parseSums(list)
  const present = new Set(filesOf(directory))
  const changed = [...listed].flatMap(([file, digest]) => {
    if (!present.has(file)) return [`${file} is missing.`]
    return sha256(join(directory, file)) === digest ? [] : [`${file} was changed.`]
  })
  return [...changed, ...[...present].filter((file) => !listed.has(file)).map((file) => `${file} was added.`)]
}
