import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestResult } from 'allure-js-commons'
import { FileSystemWriter } from 'allure-js-commons/sdk/reporter'

/**
 * Allure's own writer, except that a result is not flushed to the disk before the next one: flushing takes 3 to 4 ms a file, more than
 * most unit tests. A process that is killed loses nothing that was written; only a machine that loses power may.
 */
export class AllureWriter extends FileSystemWriter {
  readonly #directory: string

  /** Throws when the directory cannot be made. */
  constructor({ resultsDir }: { readonly resultsDir: string }) {
    super({ resultsDir })
    mkdirSync(resultsDir, { recursive: true })
    this.#directory = resultsDir
  }

  /** Writes a result. An Allure that looks on sees a whole file or none. Throws when it cannot be written. */
  override writeResult(result: TestResult): void {
    const path = join(this.#directory, `${result.uuid}-result.json`)
    writeFileSync(`${path}.tmp`, JSON.stringify(result))
    renameSync(`${path}.tmp`, path)
  }
}
