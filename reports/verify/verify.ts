import { join } from 'node:path'
import { knownFailuresFile, type KnownFailuresSection } from '../known-failures/section.ts'
import type { ConformanceReport } from '../model/conformance-report.ts'
import { gateBy } from '../model/gate.ts'
import { type PublishedRun, publishedRun } from '../model/published-run.ts'
import { digestOf, readJson } from '../model/run-files.ts'
import { resultBy, storedReportSchema, totalsProblems } from '../model/stored-report.ts'

/**
 * Checks a stored report in itself and against its files: schema, totals, result, known failures, unique ids, and the digest of every
 * evidence file. Of what a published run keeps by digest, the report is compared with the digests. Returns one sentence per problem; none
 * means that the report is consistent.
 */
export async function verifyReport(runDirectory: string): Promise<string[]> {
  const path = join(runDirectory, 'report.json')
  const stored = await readJson(path)
  if (stored === undefined) return [`${path} does not exist.`]
  const parsed = storedReportSchema.safeParse(stored)
  if (!parsed.success) return parsed.error.issues.map((issue) => `report.json: ${issue.path.join('.')}: ${issue.message}`)
  const { guarantees, result } = parsed.data
  const problems = totalsProblems(parsed.data)
  const due = resultBy(parsed.data, guarantees)
  if (due !== result) problems.push(`report.json: result is ${result}, but the verdicts make it ${due}.`)
  if (parsed.data.knownFailures !== undefined)
    problems.push(...(await knownFailureProblems(runDirectory, { ...parsed.data, knownFailures: parsed.data.knownFailures })))
  const ids = guarantees.map(({ id }) => id)
  for (const id of new Set(ids.filter((name, index) => ids.indexOf(name) !== index)))
    problems.push(`report.json: ${id} is listed more than once.`)
  const published = await publishedRun(runDirectory)
  for (const { id, verdict, evidence } of guarantees) {
    if (verdict === 'Passed' && evidence.length === 0) problems.push(`report.json: ${id} is Passed without evidence.`)
    for (const file of evidence) {
      const found = published?.byDigest.has(id) === true ? unlikeDigest(published, file) : await fileProblems(runDirectory, file)
      problems.push(...found)
    }
  }
  return problems
}

async function knownFailureProblems(
  runDirectory: string,
  report: Pick<ConformanceReport, 'guarantees' | 'run'> & { readonly knownFailures: KnownFailuresSection },
): Promise<string[]> {
  const { sha256, gate } = report.knownFailures
  const due = gateBy(report.knownFailures, report)
  const problems = due === gate ? [] : [`report.json: the gate is ${gate}, but the verdicts and the known failures make it ${due}.`]
  const found = await digestOf(join(runDirectory, knownFailuresFile)).catch(() => undefined)
  if (found === undefined) return [...problems, `${knownFailuresFile} cannot be read, but the report rests on it.`]
  return found.sha256 === sha256 ? problems : [...problems, `${knownFailuresFile} was changed after the report was written.`]
}

function unlikeDigest({ digests }: PublishedRun, { path, sha256 }: { readonly path: string; readonly sha256: string }): string[] {
  if (digests.get(path) === sha256) return []
  return [`report.json: the digest of ${path} is not the one in SHA256SUMS.`]
}

async function fileProblems(
  runDirectory: string,
  file: { readonly path: string; readonly sha256: string; readonly bytes: number },
): Promise<string[]> {
  try {
    const { sha256, bytes } = await digestOf(join(runDirectory, file.path))
    if (sha256 === file.sha256 && bytes === file.bytes) return []
    return [`${file.path} was changed after the report was written.`]
  } catch (error) {
    return [`${file.path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`]
  }
}
