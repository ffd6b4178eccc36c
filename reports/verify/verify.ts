import { join } from 'node:path'
import { type PublishedRun, publishedRun } from '../model/published-run.ts'
import { digestOf, readJson } from '../model/run-files.ts'
import { resultBy, storedReportSchema, totalsProblems } from '../model/stored-report.ts'

/**
 * Checks a stored report in itself and against its files: schema, totals, result, unique ids, and the digest of every evidence file.
 * Of what a published run keeps by digest, the report is compared with the digests. Returns one sentence per problem; none means that the
 * report is consistent.
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
