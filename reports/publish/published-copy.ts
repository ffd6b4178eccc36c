import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { livenessOf, ownerText, parseOwner, thisOwner } from '../../contract/owner.ts'
import { sumsFile } from '../../harness/engine/evidence/verify-evidence.ts'
import { knownFailuresFile } from '../known-failures/section.ts'
import { guaranteeOfPath, judgementsFile } from '../model/published-run.ts'
import { reportOfRun } from '../model/report-of-run.ts'
import { digestOf, filesBelow } from '../model/run-files.ts'
import { sourcesFile } from '../model/run-sources.ts'
import { pageHtml } from '../render/page.ts'

/**
 * Files of a run that are published unchanged, where the run has them. `ledger.json`, `skipped.json` and `seen-to-fail.json` are not:
 * `report.json` says all of it.
 */
const unchanged = [
  'report.json',
  'junit.xml',
  'run.json',
  'cluster.json',
  'probe.json',
  'guarantees.json',
  'results.json',
  'sensitivity.json',
  knownFailuresFile,
  sourcesFile,
]

/** One file of a copy: a text, or a file of the run that is copied. */
interface CopiedFile {
  readonly path: string
  readonly bytes: number
  readonly text?: string
}

/** What is published of a run, before any of it is written. */
export interface PublishedCopy {
  readonly runDirectory: string
  readonly files: readonly CopiedFile[]
  readonly bytes: number
  /** Name of the folder under which it is published: `<Kubernetes version>-<profile>-<run id>`. */
  readonly name: string
  /** Ids of the guarantees whose evidence is kept whole, and of those that are kept by digest. */
  readonly whole: readonly string[]
  readonly byDigest: readonly string[]
}

/**
 * Puts together what is published of a run: its report and page, the whole evidence of what is not Passed, the judgements of what is, and
 * the digest of every evidence file. Writes nothing. The digests must have been verified before. Throws as `buildReport` does.
 */
export async function publishedCopy(runDirectory: string): Promise<PublishedCopy> {
  const report = await reportOfRun(runDirectory)
  const evidence = (await filesBelow(join(runDirectory, 'evidence'))).map((file) => `evidence/${file}`)
  const passed = new Set(report.guarantees.flatMap(({ id, verdict }) => (verdict === 'Passed' ? [id] : [])))
  const isByDigest = (path: string) => passed.has(guaranteeOfPath(path) ?? '')
  const copied = unchanged.filter((path) => existsSync(join(runDirectory, path)))
  const kept = evidence.filter((path) => !isByDigest(path) || basename(path) === judgementsFile)
  const page = await pageHtml(report, runDirectory, { byDigest: passed })
  const sums = await sumsOf(runDirectory, [...copied, ...evidence])
  const files: CopiedFile[] = [textFile('index.html', page), textFile(sumsFile, sums)]
  for (const path of [...copied, ...kept]) files.push({ path, bytes: (await stat(join(runDirectory, path))).size })
  const { cluster, run } = report
  return {
    runDirectory,
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    name: [cluster.versions['kubernetes'] ?? 'unknown', run.profile ?? cluster.profile, run.id].join('-'),
    whole: report.guarantees.flatMap(({ id, evidence: { length } }) => (length > 0 && !passed.has(id) ? [id] : [])),
    byDigest: [...passed],
  }
}

/** The largest parts of a copy, the largest first: files, and folders of evidence as one. */
export function largestParts({ files }: Pick<PublishedCopy, 'files'>, count: number): readonly Omit<CopiedFile, 'text'>[] {
  const parts = Map.groupBy(files, ({ path }) => {
    const id = guaranteeOfPath(path)
    return id === undefined ? path : `evidence/${id}`
  })
  const sums = [...parts].map(([path, some]) => ({ path, bytes: some.reduce((sum, { bytes }) => sum + bytes, 0) }))
  return sums.toSorted((a, b) => b.bytes - a.bytes).slice(0, count)
}

/**
 * Writes a copy into a directory that does not exist yet; it is there with all its files or not at all. What a process that is provably
 * dead left of the same copy is removed.
 */
export async function writePublishedCopy({ runDirectory, files }: PublishedCopy, directory: string): Promise<void> {
  const prefix = `${basename(directory)}.partial-`
  const partial = join(dirname(directory), `${prefix}${ownerText(thisOwner())}`)
  for (const name of existsSync(dirname(directory)) ? await readdir(dirname(directory)) : []) {
    if (!name.startsWith(prefix) || livenessOf(parseOwner(name.slice(prefix.length))) !== 'dead') continue
    await rm(join(dirname(directory), name), { recursive: true, force: true })
  }
  try {
    for (const { path, text } of files) {
      const target = join(partial, path)
      await mkdir(dirname(target), { recursive: true })
      await (text === undefined ? copyFile(join(runDirectory, path), target) : writeFile(target, text))
    }
    await rename(partial, directory)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

function textFile(path: string, text: string): CopiedFile {
  return { path, bytes: Buffer.byteLength(text), text }
}

async function sumsOf(runDirectory: string, paths: readonly string[]): Promise<string> {
  const lines: string[] = []
  for (const path of paths) lines.push(`${(await digestOf(join(runDirectory, path))).sha256}  ${path}\n`)
  return lines.join('')
}
