import { generateKeyPairSync } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { temporaryPrefix } from '../../contract/owner.ts'
import { attest } from '../attest/attestation.ts'
import { readJson } from '../model/run-files.ts'
import { type StoredReport, storedReportSchema } from '../model/stored-report.ts'

/** Folder of the runs on real clusters that are published. */
export const publishedRuns = join(import.meta.dirname, '..', 'published')

/** A published run, and the one guarantee of it that has all of its evidence. */
export const publishedName = 'v1.37.2-full-20261129-185551-9292'
export const inDoubt = 'updates/rolling-update'

/** A copy of a published run that is attested, of which tests make copies to tamper with. */
export class AttestedRun {
  /** The copy to tamper with. */
  readonly run: string
  readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  readonly #attested: string

  private constructor() {
    this.run = join(this.#directory, 'run')
    this.#attested = join(this.#directory, 'attested')
  }

  /** Copies and attests the run. */
  static async make(): Promise<AttestedRun> {
    const made = new AttestedRun()
    cpSync(join(publishedRuns, publishedName), made.#attested, { recursive: true })
    await attest(made.#attested, { report: await reportOf(made.#attested), key: made.keys.privateKey })
    return made
  }

  /** Puts the copy as it was attested. */
  restore(): void {
    rmSync(this.run, { recursive: true, force: true })
    cpSync(this.#attested, this.run, { recursive: true })
  }

  /** Changes a JSON file of the copy. */
  edit(file: string, change: (value: never) => void): void {
    const value: unknown = JSON.parse(this.read(file))
    change(value as never)
    this.write(file, JSON.stringify(value))
  }

  /** Text of a file of the copy. */
  read(file: string): string {
    return readFileSync(join(this.run, file), 'utf8')
  }

  /** Writes a file of the copy. */
  write(file: string, text: string): void {
    writeFileSync(join(this.run, file), text)
  }

  /** Puts a text in place of another one in a file of the copy, which must have it. */
  replace(file: string, text: string, by: string): void {
    const before = this.read(file)
    if (!before.includes(text)) throw new Error(`${file} has no ${text}.`)
    this.write(file, before.replace(text, by))
  }

  /** Removes a file or folder of the copy. */
  remove(file: string): void {
    rmSync(join(this.run, file), { recursive: true })
  }

  /** Removes everything. */
  end(): void {
    rmSync(this.#directory, { recursive: true })
  }
}

/** A way to tamper with a run, and what must be said of it, among other things. */
export interface Tampering {
  readonly what: string
  readonly tamper: () => void | Promise<void>
  readonly says: readonly (string | RegExp)[]
}

/** Which of the sentences are in none of the problems. */
export function unsaid({ says }: Pick<Tampering, 'says'>, problems: readonly string[]): readonly (string | RegExp)[] {
  return says.filter((wanted) => !problems.some((problem) => (typeof wanted === 'string' ? problem === wanted : wanted.test(problem))))
}

/** The report in a directory. */
export async function reportOf(path: string): Promise<StoredReport> {
  return storedReportSchema.parse(await readJson(join(path, 'report.json')))
}
