import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { sumsFile, verifyEvidence } from '../../harness/engine/evidence/verify-evidence.ts'

/** Reads a JSON file; undefined when it does not exist. Throws one sentence naming the file when it is not JSON. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${path} is not JSON.`, { cause })
  }
}

/** Reads a JSON-lines file; empty when it does not exist. A half-written last line is left out, any other bad line throws. */
export async function readJsonLines(path: string): Promise<unknown[]> {
  const lines = ((await readText(path)) ?? '').split('\n')
  const whole = lines.slice(0, -1).filter((line) => line !== '')
  return whole.map((line, index) => {
    try {
      return JSON.parse(line) as unknown
    } catch (cause) {
      throw new Error(`${path} line ${index + 1} is not JSON.`, { cause })
    }
  })
}

/** Reads a text file; undefined when it does not exist. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Paths of all files below a directory, relative to it, sorted; empty when the directory does not exist. */
export async function filesBelow(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    return files.toSorted()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Ids of the guarantees that left an evidence folder in a run, sorted. */
export async function evidenceIds(runDirectory: string): Promise<string[]> {
  const files = await filesBelow(join(runDirectory, 'evidence'))
  const ids = files.map((path) => path.split('/')).filter((parts) => parts.length > 2)
  return [...new Set(ids.map((parts) => parts.slice(0, 2).join('/')))].toSorted()
}

/** SHA-256 of a file in hex, and its size in bytes. */
export async function digestOf(path: string): Promise<{ sha256: string; bytes: number }> {
  const content = await readFile(path)
  return { sha256: hash('sha256', content), bytes: content.length }
}

/**
 * Compares a folder of evidence with its `SHA256SUMS`. Returns one sentence per file that was changed, added or is missing;
 * undefined when there is no `SHA256SUMS`.
 */
export function digestProblems(folder: string): readonly string[] | undefined {
  return existsSync(join(folder, sumsFile)) ? verifyEvidence(folder) : undefined
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
