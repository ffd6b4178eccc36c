import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'

/** Writes a file that is not there yet, whole or not at all. Throws `EEXIST` where there is one, which stays as it is. */
export function writeNew(path: string, content: string | Uint8Array, mode?: number): void {
  const file = openSync(path, 'wx', mode)
  try {
    try {
      writeFileSync(file, content)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    rmSync(path)
    throw error
  }
}
