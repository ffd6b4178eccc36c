import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseSums, sumsFile } from '../../harness/engine/evidence/verify-evidence.ts'
import { parseFile } from './guarantee-files.ts'
import { digestOf, filesBelow, readJson, readText } from './run-files.ts'
import { storedReportSchema } from './stored-report.ts'

/** The one file of evidence that is kept of a guarantee that is kept by digest. */
export const judgementsFile = 'judgements.jsonl'

/** What `holdfast publish` left of a run: some evidence is there, of the rest the digests. */
export interface PublishedRun {
  /** SHA-256 in hex of every evidence file of the whole run, and of what else was copied unchanged; by path in the run directory. */
  readonly digests: ReadonlyMap<string, string>
  /** Ids of the guarantees whose evidence is not there: they Passed, and nobody can judge them again from here. */
  readonly byDigest: ReadonlySet<string>
}

/** What a directory holds of a published run; undefined for a whole run, which has no `SHA256SUMS` beside its report. */
export async function publishedRun(directory: string): Promise<PublishedRun | undefined> {
  const list = await readText(join(directory, sumsFile))
  if (list === undefined) return undefined
  const report = parseFile(storedReportSchema, await readJson(join(directory, 'report.json')), 'report.json')
  const passed = (report?.guarantees ?? []).filter(({ verdict }) => verdict === 'Passed')
  const away = passed.filter(({ id }) => !existsSync(join(directory, 'evidence', id, sumsFile)))
  return { digests: parseSums(list), byDigest: new Set(away.map(({ id }) => id)) }
}

/** Id of the guarantee that an evidence file belongs to; undefined for any other file of a run. */
export function guaranteeOfPath(path: string): string | undefined {
  return /^evidence\/([^/]+\/[^/]+)\//.exec(path)?.[1]
}

/** A file of a run that is not as its digest says. */
export interface DigestProblem {
  readonly path: string
  readonly problem: string
}

/**
 * Compares the files of a published run with its digests. Folders of evidence that are whole have digests of their own: of those, only
 * that list is looked at here.
 */
export async function publishedProblems(directory: string, { digests, byDigest }: PublishedRun): Promise<readonly DigestProblem[]> {
  const problems: DigestProblem[] = []
  for (const [path, digest] of digests) {
    const id = guaranteeOfPath(path)
    const name = path.split('/').slice(3).join('/')
    if (id !== undefined && !byDigest.has(id) && name !== sumsFile) continue
    const isLeftOut = id !== undefined && byDigest.has(id) && name !== judgementsFile && !existsSync(join(directory, path))
    if (!isLeftOut) problems.push(...(await compared(directory, path, digest)))
  }
  return [...problems, ...(await added(directory, digests))]
}

/** Compares a whole run with the digests of what was published of it, and with them alone: none means that it is the same run. */
export async function wholeRunProblems(whole: string, { digests }: PublishedRun): Promise<readonly DigestProblem[]> {
  const problems: DigestProblem[] = []
  for (const [path, digest] of digests) problems.push(...(await compared(whole, path, digest)))
  return [...problems, ...(await added(whole, digests))]
}

async function compared(directory: string, path: string, digest: string): Promise<readonly DigestProblem[]> {
  if (!existsSync(join(directory, path))) return [{ path, problem: 'is missing' }]
  return (await digestOf(join(directory, path))).sha256 === digest ? [] : [{ path, problem: 'was changed' }]
}

async function added(directory: string, digests: PublishedRun['digests']): Promise<readonly DigestProblem[]> {
  const files = (await filesBelow(join(directory, 'evidence'))).map((file) => `evidence/${file}`)
  return files.filter((path) => !digests.has(path)).map((path) => ({ path, problem: 'was added' }))
}
