import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseSums } from '../../contract/sums.ts'
import { sumsFile } from '../../harness/engine/evidence/verify-evidence.ts'
import type { GuaranteeResult } from './conformance-report.ts'
import { parseFile } from './guarantee-files.ts'
import { digestOf, filesBelow, readJson, readText } from './run-files.ts'
import { storedReportSchema } from './stored-report.ts'

/** The one file of evidence that is kept of a guarantee that is kept by digest. */
export const judgementsFile = 'judgements.jsonl'

/** The file beside `index.html` that holds what would make that too large: timelines, and the digests of all evidence. */
export const timelinesFile = 'timelines.html'

/** How much evidence a published copy has: of everything, of what is not Passed, or of nothing. */
export const evidencePolicies = ['all', 'failed', 'none'] as const

/** A policy on evidence. */
export type EvidencePolicy = (typeof evidencePolicies)[number]

/** The file of a copy that says by which policy it was made; copies of before November 30, 2026, have none and were made by `failed`. */
export const publicationFile = 'publication.json'

const publicationSchema = z.strictObject({
  apiVersion: z.literal('holdfast.dev/v1alpha1'),
  kind: z.literal('Publication'),
  evidence: z.enum(evidencePolicies),
  /** SHA-256 of `index.html` in hex. It is not in `SHA256SUMS`: the whole run has another page. */
  page: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** SHA-256 of `timelines.html` in hex; absent in copies of before December 2026, which have none. */
  timelines: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

/** SHA-256 of the pages of a published copy, in hex. */
export interface PageDigests {
  readonly page?: string | undefined
  readonly timelines?: string | undefined
}

/** The text of `publication.json`. */
export function publicationText(evidence: EvidencePolicy, { page, timelines }: PageDigests = {}): string {
  const publication: z.infer<typeof publicationSchema> = {
    ...{ apiVersion: 'holdfast.dev/v1alpha1', kind: 'Publication', evidence },
    ...(page !== undefined && { page }),
    ...(timelines !== undefined && { timelines }),
  }
  return `${JSON.stringify(publication)}\n`
}

/** What `holdfast publish` left of a run: some evidence is there, of the rest the digests. */
export interface PublishedRun extends PageDigests {
  /** SHA-256 in hex of every evidence file of the whole run, and of what else was copied unchanged; by path in the run directory. */
  readonly digests: ReadonlyMap<string, string>
  /** Ids of the guarantees whose evidence is not there, as its policy allows: nobody can judge them again from here. */
  readonly byDigest: ReadonlySet<string>
}

/** What a directory holds of a published run; undefined for a whole run, which has no `SHA256SUMS` beside its report. */
export async function publishedRun(directory: string): Promise<PublishedRun | undefined> {
  const list = await readText(join(directory, sumsFile))
  if (list === undefined) return undefined
  const report = parseFile(storedReportSchema, await readJson(join(directory, 'report.json')), 'report.json')
  const publication = parseFile(publicationSchema, await readJson(join(directory, publicationFile)), publicationFile)
  const thinned = thinnedGuarantees(report?.guarantees ?? [], publication?.evidence ?? 'failed')
  const away = thinned.filter(({ id }) => !existsSync(join(directory, 'evidence', id, sumsFile)))
  return {
    digests: parseSums(list),
    byDigest: new Set(away.map(({ id }) => id)),
    page: publication?.page,
    timelines: publication?.timelines,
  }
}

/** The guarantees of which a copy made by a policy has no evidence but the judgements. */
export function thinnedGuarantees<T extends Pick<GuaranteeResult, 'verdict' | 'evidence'>>(
  guarantees: readonly T[],
  policy: EvidencePolicy,
): readonly T[] {
  if (policy === 'all') return []
  return guarantees.filter(({ verdict, evidence }) => evidence.length > 0 && (policy === 'none' || verdict === 'Passed'))
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
 * Compares the files of a published run with its digests, and its page. Folders of evidence that are whole have digests of their own: of
 * those, only that list is looked at here.
 */
export async function publishedProblems(
  directory: string,
  { digests, byDigest, page, timelines }: PublishedRun,
): Promise<readonly DigestProblem[]> {
  const problems: DigestProblem[] = []
  for (const [path, digest] of digests) {
    const id = guaranteeOfPath(path)
    const name = path.split('/').slice(3).join('/')
    if (id !== undefined && !byDigest.has(id) && name !== sumsFile) continue
    const isLeftOut = id !== undefined && byDigest.has(id) && name !== judgementsFile && !existsSync(join(directory, path))
    if (!isLeftOut) problems.push(...(await compared(directory, path, digest)))
  }
  if (page !== undefined) problems.push(...(await compared(directory, 'index.html', page)))
  if (timelines !== undefined) problems.push(...(await compared(directory, timelinesFile, timelines)))
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
