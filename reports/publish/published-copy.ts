import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { progressFile } from '../../contract/upgrade.ts'
import { livenessOf, ownerText, parseOwner, thisOwner } from '../../contract/owner.ts'
import { sumsFile } from '../../harness/engine/evidence/verify-evidence.ts'
import { knownFailuresFile } from '../known-failures/section.ts'
import type { ConformanceReport } from '../model/conformance-report.ts'
import {
  type EvidencePolicy,
  guaranteeOfPath,
  judgementsFile,
  publicationFile,
  publicationText,
  publishedRun,
  thinnedGuarantees,
  timelinesFile,
} from '../model/published-run.ts'
import { ownSuitesFile, ownSuitesFolder } from '../model/own-suites.ts'
import { reportOfRun } from '../model/report-of-run.ts'
import { digestOf, filesBelow, readText } from '../model/run-files.ts'
import { changesFile } from '../model/run-changes.ts'
import { sourcesFile } from '../model/run-sources.ts'
import { pageHtml } from '../render/page/page.ts'
import { timelinesHtml } from '../render/page/timelines.ts'
import { earlierRunsFile } from '../trend/earlier-runs.ts'
import { trendOf } from '../trend/trend-section.ts'
import { passedOn, refuseUnlikeAttested } from './passed-on.ts'

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
  progressFile,
  knownFailuresFile,
  sourcesFile,
  changesFile,
  ownSuitesFile,
  earlierRunsFile,
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
  /** Id of the run. */
  readonly id: string
  /** SHA-256 of its `report.json`, in hex. */
  readonly sha256: string
  /** Name of the folder under which it is published: `<Kubernetes version>-<profile>-<run id>`. */
  readonly name: string
  /** Ids of the guarantees whose evidence is kept whole, and of those that are kept by digest. */
  readonly whole: readonly string[]
  readonly byDigest: readonly string[]
}

/**
 * Puts together what is published of a run: its report and page, the evidence that the policy keeps, the judgements of everything, and
 * the digest of every evidence file. A copy that was published before stays as it is, whatever the policy. Writes nothing. The digests must
 * have been verified before. Throws as `buildReport` does, and `PublishRefused` for a copy with files that were not published and for a run
 * that is not as it was attested.
 */
export async function publishedCopy(runDirectory: string, evidence: EvidencePolicy = 'failed'): Promise<PublishedCopy> {
  await refuseUnlikeAttested(runDirectory)
  const published = await publishedRun(runDirectory)
  const report = await reportOfRun(runDirectory)
  const thinned = thinnedGuarantees(report.guarantees, evidence).map(({ id }) => id)
  const byDigest = published?.byDigest ?? new Set(thinned)
  const files =
    published === undefined
      ? await filesOfRun(report, { runDirectory, evidence, byDigest })
      : await filesWithSizes(runDirectory, await passedOn(runDirectory, published))
  const { cluster, run } = report
  return {
    runDirectory,
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    id: run.id,
    sha256: hash('sha256', (await readText(join(runDirectory, 'report.json'))) ?? ''),
    name: [cluster.versions['kubernetes'] ?? 'unknown', run.profile ?? cluster.profile, run.id].join('-').replaceAll(/[^\w.+-]/g, '-'),
    whole: report.guarantees.flatMap(({ id, evidence: { length } }) => (length > 0 && !byDigest.has(id) ? [id] : [])),
    byDigest: [...byDigest],
  }
}

interface FilesOptions {
  readonly runDirectory: string
  readonly evidence: EvidencePolicy
  readonly byDigest: ReadonlySet<string>
}

async function filesOfRun(report: ConformanceReport, { runDirectory, evidence, byDigest }: FilesOptions): Promise<readonly CopiedFile[]> {
  const ofEvidence = (await filesBelow(join(runDirectory, 'evidence'))).map((file) => `evidence/${file}`)
  const ofSuites = (await filesBelow(join(runDirectory, ownSuitesFolder))).map((file) => `${ownSuitesFolder}/${file}`)
  const copied = [...unchanged.filter((path) => existsSync(join(runDirectory, path))), ...ofSuites]
  const kept = ofEvidence.filter((path) => !byDigest.has(guaranteeOfPath(path) ?? '') || basename(path) === judgementsFile)
  const page = await pageHtml(report, runDirectory, { byDigest, trend: await trendOf(report, runDirectory) })
  const timelines = await timelinesHtml(report, { runDirectory, byDigest })
  return [
    textFile('index.html', page),
    textFile(timelinesFile, timelines),
    textFile(sumsFile, await sumsOf(runDirectory, [...copied, ...ofEvidence])),
    textFile(publicationFile, publicationText(evidence, { page: hash('sha256', page), timelines: hash('sha256', timelines) })),
    ...(await filesWithSizes(runDirectory, [...copied, ...kept])),
  ]
}

async function filesWithSizes(runDirectory: string, paths: readonly string[]): Promise<readonly CopiedFile[]> {
  return Promise.all(paths.map(async (path) => ({ path, bytes: (await stat(join(runDirectory, path))).size })))
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

/** A copy, and the directory that it is to become. */
export interface PlacedCopy {
  readonly copy: PublishedCopy
  readonly directory: string
}

/**
 * Writes copies into directories that do not exist yet. All files of all copies are written before the first of the directories appears, so
 * that a full disk leaves none of them, nor does a signal that is aborted before that.
 */
export async function writePublishedCopies(placed: readonly PlacedCopy[], signal?: AbortSignal): Promise<void> {
  const partials = placed.map(({ directory }) => `${directory}${partialMark}${ownerText(thisOwner())}`)
  try {
    for (const [index, { copy }] of placed.entries()) await writeFiles(copy, partials[index] ?? '', signal)
    signal?.throwIfAborted()
    for (const [index, { directory }] of placed.entries()) await rename(partials[index] ?? '', directory)
  } catch (error) {
    for (const partial of partials) await rm(partial, { recursive: true, force: true })
    throw error
  }
}

/** What stands between the name of a directory and its owner while it is written. */
export const partialMark = '.partial-'

/** Removes what processes that are provably dead left half-written in a directory. */
export async function removeAbandoned(parent: string): Promise<void> {
  for (const name of existsSync(parent) ? await readdir(parent) : []) {
    const [, owner] = name.split(partialMark)
    if (livenessOf(parseOwner(owner)) === 'dead') await rm(join(parent, name), { recursive: true, force: true })
  }
}

async function writeFiles({ runDirectory, files }: PublishedCopy, directory: string, signal: AbortSignal | undefined): Promise<void> {
  for (const { path, text } of files) {
    signal?.throwIfAborted()
    const target = join(directory, path)
    await mkdir(dirname(target), { recursive: true })
    await (text === undefined ? copyFile(join(runDirectory, path), target) : writeFile(target, text))
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
