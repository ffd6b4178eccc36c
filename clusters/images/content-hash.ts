import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Whether what an image is built from is another with another file of this name: tests and prose do not count. */
export function countsForImage(name: string): boolean {
  return !/\.(test\.ts|md)$/.test(name)
}

function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && countsForImage(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/**
 * Hashes what an image is built from: literal values, and the names, modes and bytes of files; tests and prose do not count.
 * Returns 16 hexadecimal digits.
 */
export function contentHash(inputs: { readonly values: readonly string[]; readonly files?: readonly string[] }): string {
  const hash = createHash('sha256')
  for (const value of inputs.values) hash.update(`${value.length}:${value}\n`)
  for (const path of inputs.files ?? []) {
    for (const file of filesBelow(path)) {
      hash.update(`${relative(path, file)} ${(statSync(file).mode & 0o111) === 0 ? '-' : 'x'}\n`)
      hash.update(readFileSync(file))
    }
  }
  return hash.digest('hex').slice(0, 16)
}
