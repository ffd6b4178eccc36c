import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { projectRoot } from '../../shell/project-root.ts'

/** The suites of the example of docs/write-your-own-suites.md. */
export const keeperSuites = join(projectRoot, 'docs', 'examples', 'keeper')

/** A copy of these suites that a test changes; it is removed when the test has finished. */
export interface ChangedSuites {
  readonly directory: string
  /** Puts a text in place of another one in a file, which must have it. */
  readonly replace: (file: string, text: string, by: string) => void
  readonly write: (file: string, text: string) => void
}

/** Copies the suites of the example, outside of the checkout. */
export function changedSuites(): ChangedSuites {
  const parent = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(parent, { recursive: true }))
  const directory = join(parent, 'my-suites')
  cpSync(keeperSuites, directory, { recursive: true })
  const write = (file: string, text: string) => writeFileSync(join(directory, file), text)
  return {
    directory,
    write,
    replace(file, text, by) {
      const before = readFileSync(join(directory, file), 'utf8')
      if (!before.includes(text)) throw new Error(`${file} has no ${text}.`)
      write(file, before.replace(text, by))
    },
  }
}
