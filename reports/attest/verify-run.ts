import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../../harness/engine/causes.ts'
import { buildReport } from '../model/build-report.ts'
import { publishedRun } from '../model/published-run.ts'
import { readJson } from '../model/run-files.ts'
import { type StoredReport, storedReportSchema } from '../model/stored-report.ts'
import { asStoredLines, recheck, recheckLines } from '../verify/recheck.ts'
import { verifyReport } from '../verify/verify.ts'
import { verifyAttestation } from './attestation.ts'
import { type Findings, joined } from './findings.ts'
import { ownSuiteFindings, type ReadSuite } from './own-suite-findings.ts'
import { recordProblems } from './record-problems.ts'
import { type LookUpCommit, sourceFindings } from './source-findings.ts'

/** What a run is verified with. */
export interface VerifyOptions {
  /** Public key of the attestation; undefined where the reader has none. */
  readonly key: KeyObject | undefined
  readonly lookUp: LookUpCommit
  readonly readSuite: ReadSuite
}

/**
 * Verifies all that can be verified of a run or of its published copy, without a cluster: the attestation, the report in itself and against
 * the files that it is made from, the evidence by judging it again, and the suites against the commit. A file that cannot be read is a
 * problem.
 */
export async function verifyRun(directory: string, { key, lookUp, readSuite }: VerifyOptions): Promise<Findings> {
  const report = await readReport(directory)
  const inItself = await whatever(async () => ({ problems: await reportProblems(directory, report) }))
  const evidence = report === undefined ? {} : await whatever(async () => rechecked(directory))
  const sources = report === undefined ? {} : await whatever(async () => sourceFindings(directory, report, lookUp))
  const own = report === undefined ? {} : await whatever(async () => ownSuiteFindings(directory, report, readSuite))
  const attestation = await whatever(async () => verifyAttestation(directory, { report, key }), 'The attestation cannot be read: ')
  return joined([attestation, inItself, evidence, sources, own])
}

/** The report of a run; undefined where it is missing, is not JSON, or does not follow its schema. */
export async function readReport(directory: string): Promise<StoredReport | undefined> {
  try {
    return storedReportSchema.safeParse(await readJson(join(directory, 'report.json'))).data
  } catch {
    return undefined
  }
}

/**
 * What is wrong with the report of a run in itself, and against the files that it is made from: one sentence per problem. Throws where a
 * file cannot be read.
 */
export async function reportProblems(directory: string, report: StoredReport | undefined): Promise<readonly string[]> {
  const problems = await verifyReport(directory)
  if (report === undefined) return problems
  const { byDigest = new Set<string>() } = (await publishedRun(directory)) ?? {}
  const kept = { byDigest, hasSkipped: existsSync(join(directory, 'skipped.json')) }
  return [...problems, ...recordProblems(report, await buildReport(directory), kept)]
}

async function rechecked(directory: string): Promise<Partial<Findings>> {
  const found = await recheck(directory)
  const problems = found.differences.map(
    ({ guarantee, what, stored, now }) => `${guarantee}: ${what} is stored as "${stored}", and now "${now}"`,
  )
  if (problems.length > 0) return { problems }
  const unproven = asStoredLines(found.asStored)
  const lines = recheckLines({ ...found, asStored: 0 })
  // Of a copy that has all by digest, the first line says only that there was nothing to judge.
  return found.exitCode === 0 ? { shown: found.checked === 0 ? lines.slice(1) : lines, unproven } : { problems: lines }
}

/** What cannot be read because a file is not what a run writes is a problem of the run. */
async function whatever(look: () => Promise<Partial<Findings>>, before = ''): Promise<Partial<Findings>> {
  try {
    return await look()
  } catch (error) {
    return { problems: [`${before}${messageOf(error)}`] }
  }
}
