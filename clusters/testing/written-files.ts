import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'

/** Files that the tests of one file write. */
export interface WrittenFiles {
  /** Where they are, once the tests have begun. */
  readonly directory: string
  /** Writes a file. Returns its path. */
  write(text: string, name?: string): string
}

/** A directory for the tests of one file, removed after them. */
export function writtenFiles(usualName: string): WrittenFiles {
  let directory = ''
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  })
  afterAll(() => {
    rmSync(directory, { recursive: true })
  })
  return {
    get directory() {
      return directory
    },
    write(text, name = usualName) {
      const path = join(directory, name)
      writeFileSync(path, text)
      return path
    },
  }
}
