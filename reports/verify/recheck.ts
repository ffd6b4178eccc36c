import { counted } from '../../contract/counted.ts'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import { messageOf } from '../../harness/engine/causes.ts'
import { sumsFile } from '../../harness/engine/evidence/verify-evidence.ts'
import { rejudge } from '../../harness/rejudge.ts'
import type { JudgementRecord } from '../../harness/engine/history/judgement-record.ts'
import { verdictOf } from '../../harness/engine/judge/verdict.ts'
import { auditInWords } from '../model/audit-section.ts'
import { isOwnGuarantee } from '../model/own-suites.ts'
import { buildReport } from '../model/build-report.ts'
import type { ConformanceReport, GuaranteeResult } from '../model/conformance-report.ts'
import { knownFailuresOf } from '../model/gate.ts'
import { parseFile, storedVerdict } from '../model/guarantee-files.ts'
import {
  guaranteeOfPath,
  judgementsFile,
  publicationFile,
  publishedProblems,
  type PublishedRun,
  publishedRun,
  timelinesFile,
} from '../model/published-run.ts'
import { digestProblems, evidenceIds, readJson, readJsonLines } from '../model/run-files.ts'
import { resultBy, storedReportSchema } from '../model/stored-report.ts'
import { knownFailureDifferences } from './known-failure-differences.ts'
import { verdictLine } from '../model/verdict-line.ts'
import { ledgerDifferences } from './ledger-differences.ts'

/** One thing that came out otherwise than it is stored. */
export interface Difference {
  readonly guarantee: string
  readonly what: 'evidence' | 'judgement' | 'verdict' | 'report'
  readonly stored: string
  readonly now: string
}

/** What a recheck found. */
export interface Recheck {
  /** How many guarantees were judged again. */
  readonly checked: number
  readonly judgements: number
  /** How many of them are by checks that are not of Holdfast and were not loaded: they count as they are stored. */
  readonly asStored: number
  /** How many guarantees of a published run are kept by digest only: nobody can judge them again from what is there. */
  readonly byDigest: number
  readonly differences: readonly Difference[]
  /** 0 when all is as stored, 1 when anything differs or there was nothing to check. */
  readonly exitCode: 0 | 1
}

/**
 * Verifies the digests of a run's evidence, judges it again without a cluster, and compares with the stored verdicts and report. Of a
 * published run, it judges what has its evidence; of the rest, the stored judgements must make the verdicts of the report.
 */
export async function recheck(runDirectory: string): Promise<Recheck> {
  const built = await buildReport(runDirectory)
  const published = await publishedRun(runDirectory)
  const byDigest = published?.byDigest ?? new Set<string>()
  const differences: Difference[] = published === undefined ? [] : await publishedDifferences(runDirectory, published)
  let judgements = 0
  let asStored = 0
  const ids = (await evidenceIds(runDirectory)).filter((id) => !byDigest.has(id))
  for (const id of ids) {
    const again = await recheckGuarantee(runDirectory, id, isOwnGuarantee(id, built.run.ownSuites))
    differences.push(...again.differences)
    judgements += again.judgements
    asStored += again.asStored
  }
  differences.push(...(await byDigestDifferences(runDirectory, byDigest)))
  differences.push(...(await reportDifferences(runDirectory, built, byDigest)))
  const isProof = differences.length === 0 && ids.length + byDigest.size > 0
  return { checked: ids.length, judgements, asStored, byDigest: byDigest.size, differences, exitCode: isProof ? 0 : 1 }
}

async function publishedDifferences(runDirectory: string, published: PublishedRun): Promise<Difference[]> {
  const problems = await publishedProblems(runDirectory, published)
  return problems.map(({ path, problem }) => {
    const guarantee = guaranteeOfPath(path) ?? '(whole run)'
    const list = ['index.html', timelinesFile].includes(path) ? publicationFile : `${sumsFile} of the run`
    return { guarantee, what: 'evidence', stored: `as in ${list}`, now: `${path} ${problem}.` }
  })
}

async function recheckGuarantee(
  runDirectory: string,
  id: string,
  isOwn: boolean,
): Promise<{ readonly differences: readonly Difference[]; readonly judgements: number; readonly asStored: number }> {
  const folder = join(runDirectory, 'evidence', id)
  const problems = digestProblems(folder) ?? ['SHA256SUMS is missing.']
  const differences: Difference[] = problems.map((now) => ({ guarantee: id, what: 'evidence', stored: 'as in SHA256SUMS', now }))
  try {
    const stored = await storedVerdict(runDirectory, id)
    if (stored === undefined)
      return {
        differences: [...differences, { guarantee: id, what: 'verdict', stored: 'none', now: 'nothing to compare with' }],
        ...none,
      }
    const history = (await readJsonLines(join(folder, 'history.jsonl'))) as HistoryEntry[]
    const records = (await readJsonLines(join(folder, judgementsFile))) as JudgementRecord[]
    const judged = rejudge(history, records)
    const unloaded = isOwn ? judged.filter(({ isUndefined }) => isUndefined) : []
    const again = judged.map((one) => (unloaded.includes(one) ? { record: one.record, ...storedOf(one.record) } : one))
    for (const { record, outcome, reason } of again) {
      if (outcome === record.outcome) continue
      const now = `${outcome}${reason === undefined ? '' : `: ${firstLine(reason.summary)}`}`
      differences.push({ guarantee: id, what: 'judgement', stored: `${record.verb} ${record.description}: ${record.outcome}`, now })
    }
    const { verdict, reasons } = verdictOf(
      again.map(({ record, outcome, reason }) => ({
        verb: record.verb,
        description: record.description,
        outcome,
        ...(reason && { reason }),
      })),
    )
    if (!follows(stored.verdict, { verdict, judgements: records.length })) {
      differences.push({ guarantee: id, what: 'verdict', stored: stored.verdict, now: verdictLine({ verdict, reasons }) })
    }
    return { differences, judgements: records.length, asStored: unloaded.length }
  } catch (error) {
    return { differences: [...differences, { guarantee: id, what: 'evidence', stored: 'readable', now: messageOf(error) }], ...none }
  }
}

const none = { judgements: 0, asStored: 0 }

function storedOf({ outcome, reason }: JudgementRecord): Pick<JudgementRecord, 'outcome' | 'reason'> {
  return { outcome, ...(reason && { reason }) }
}

/** Whether a stored verdict follows from what judgements make; a suite may have broken although all of them were upheld, or before any. */
function follows(
  stored: GuaranteeResult['verdict'],
  { verdict, judgements }: { readonly verdict: GuaranteeResult['verdict']; readonly judgements: number },
): boolean {
  const brokeOtherwise = stored === 'Inconclusive' || stored === 'NotSupported'
  return verdict === stored || (brokeOtherwise && (verdict === 'Passed' || judgements === 0))
}

/** Without evidence nothing is judged again, but the stored judgements must make the verdict that the report has. */
async function byDigestDifferences(runDirectory: string, byDigest: ReadonlySet<string>): Promise<Difference[]> {
  const report = parseFile(storedReportSchema, await readJson(join(runDirectory, 'report.json')), 'report.json')
  const differences: Difference[] = []
  for (const { id, verdict: stored } of (report?.guarantees ?? []).filter((one) => byDigest.has(one.id))) {
    try {
      const records = (await readJsonLines(join(runDirectory, 'evidence', id, judgementsFile))) as JudgementRecord[]
      const { verdict, reasons } = verdictOf(records)
      if (!follows(stored, { verdict, judgements: records.length }))
        differences.push({ guarantee: id, what: 'verdict', stored, now: verdictLine({ verdict, reasons }) })
    } catch (error) {
      differences.push({ guarantee: id, what: 'evidence', stored: 'readable', now: messageOf(error) })
    }
  }
  return differences
}

async function reportDifferences(runDirectory: string, built: ConformanceReport, byDigest: ReadonlySet<string>): Promise<Difference[]> {
  const stored = parseFile(storedReportSchema, await readJson(join(runDirectory, 'report.json')), 'report.json')
  if (stored === undefined) return []
  const differences: Difference[] = []
  // Of what is kept by digest there is no verdict but that of the report.
  const unseen = stored.guarantees.filter(({ id }) => byDigest.has(id))
  const guarantees = [...built.guarantees.filter(({ id }) => !byDigest.has(id)), ...unseen]
  for (const now of guarantees) {
    const then = stored.guarantees.find(({ id }) => id === now.id)
    if (then?.verdict !== now.verdict)
      differences.push({ guarantee: now.id, what: 'report', stored: then?.verdict ?? 'not in the report', now: verdictLine(now) })
    if (then !== undefined && !isDeepStrictEqual(then.chapters, now.chapters))
      differences.push({ guarantee: now.id, what: 'report', stored: chapterLine(then, now), now: chapterLine(now, then) })
    if (then !== undefined && !isDeepStrictEqual(then.auditLog, now.auditLog))
      differences.push({ guarantee: now.id, what: 'report', stored: auditLine(then), now: auditLine(now) })
  }
  for (const then of stored.guarantees.filter(({ id }) => !guarantees.some((now) => now.id === id))) {
    differences.push({ guarantee: then.id, what: 'report', stored: then.verdict, now: 'nothing in the run directory' })
  }
  const entries = (stored.apiVersion === 'holdfast.dev/v1alpha1' ? undefined : stored.ledger) ?? []
  for (const { entry, ...difference } of ledgerDifferences(entries, { built: built.ledger ?? [], byDigest }))
    differences.push({ guarantee: entry, what: 'report', ...difference })
  const skipped = 'skipped' in stored ? stored.skipped : built.skipped
  const known = await knownFailuresOf(runDirectory, { ...built, guarantees, skipped })
  for (const { guarantee = '(whole run)', ...difference } of knownFailureDifferences(stored.knownFailures, known))
    differences.push({ guarantee, what: 'report', ...difference })
  const result = resultBy(stored, guarantees)
  if (stored.result !== result) differences.push({ guarantee: '(whole run)', what: 'report', stored: stored.result, now: result })
  return differences
}

/** What a report says of the comparison of a history with the audit log. */
function auditLine({ auditLog }: GuaranteeResult): string {
  return auditLog === undefined ? 'not compared with an audit log' : [auditInWords(auditLog), ...(auditLog.disagreements ?? [])].join(' ')
}

/** The first chapter of a story that is not as in another one. */
function chapterLine({ chapters = [] }: GuaranteeResult, other: GuaranteeResult): string {
  const index = Array.from({ length: chapters.length + 1 }).findIndex((_, at) => !isDeepStrictEqual(chapters[at], other.chapters?.[at]))
  return `chapter ${index + 1}: ${JSON.stringify(chapters[index]) ?? 'none'}`
}

/** What `holdfast recheck` prints, as lines. */
export function recheckLines({ checked, judgements, asStored, byDigest, differences }: Recheck): string[] {
  if (checked + byDigest === 0) return ['Nothing was rechecked: the run directory holds no evidence.']
  const lines = differences.map(({ guarantee, what, stored, now }) => `  ${guarantee}  ${what}\n    stored  ${stored}\n    now     ${now}`)
  const found = differences.length === 0 ? 'all as stored' : counted(differences.length, 'differences')
  const judged =
    checked === 0 ? 'No guarantee was judged again' : `Rechecked ${counted(checked, 'guarantees')}, ${counted(judgements, 'judgements')}`
  const first = checked === 0 && differences.length === 0 ? `${judged}.` : `${judged}: ${found}.`
  return [first, ...asStoredLines(asStored), ...(byDigest === 0 ? [] : [byDigestLine(byDigest, differences.length === 0)]), ...lines]
}

/** What is said of judgements that were not made again. */
export function asStoredLines(count: number): readonly string[] {
  if (count === 0) return []
  const were = count === 1 ? '1 judgement was not made again' : `${count} judgements were not made again`
  return [`${were}, by checks of suites that are not of Holdfast: add --suites with the directory of these suites.`]
}

function byDigestLine(count: number, isIntact: boolean): string {
  const digests = isIntact ? ' The digests of all files that are here match.' : ''
  const are = count === 1 ? '1 guarantee is' : `${count} guarantees are`
  return `${are} kept by digest only and not judged again: the evidence is in the whole run.${digests}`
}

/** Prints a recheck on standard output. */
export function printRecheck(result: Recheck): void {
  process.stdout.write(`${recheckLines(result).join('\n')}\n`)
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}
