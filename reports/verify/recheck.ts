import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import { rejudge } from '../../harness/rejudge.ts'
import type { JudgementRecord } from '../../harness/engine/history/judgement-record.ts'
import { verdictOf } from '../../harness/engine/judge/verdict.ts'
import { buildReport } from '../model/build-report.ts'
import type { ConformanceReport, GuaranteeResult } from '../model/conformance-report.ts'
import { parseFile, storedVerdict } from '../model/guarantee-files.ts'
import { digestProblems, evidenceIds, readJson, readJsonLines } from '../model/run-files.ts'
import { resultBy, storedReportSchema } from '../model/stored-report.ts'

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
  readonly differences: readonly Difference[]
  /** 0 when all is as stored, 1 when anything differs or there was nothing to check. */
  readonly exitCode: 0 | 1
}

/** Verifies the digests of a run's evidence, judges it again without a cluster, and compares with the stored verdicts and report. */
export async function recheck(runDirectory: string): Promise<Recheck> {
  const built = await buildReport(runDirectory)
  const differences: Difference[] = []
  let judgements = 0
  const ids = await evidenceIds(runDirectory)
  for (const id of ids) {
    const again = await recheckGuarantee(runDirectory, id)
    differences.push(...again.differences)
    judgements += again.judgements
  }
  differences.push(...(await reportDifferences(runDirectory, built)))
  return { checked: ids.length, judgements, differences, exitCode: differences.length === 0 && ids.length > 0 ? 0 : 1 }
}

async function recheckGuarantee(
  runDirectory: string,
  id: string,
): Promise<{ readonly differences: readonly Difference[]; readonly judgements: number }> {
  const folder = join(runDirectory, 'evidence', id)
  const problems = digestProblems(folder) ?? ['SHA256SUMS is missing.']
  const differences: Difference[] = problems.map((now) => ({ guarantee: id, what: 'evidence', stored: 'as in SHA256SUMS', now }))
  try {
    const stored = await storedVerdict(runDirectory, id)
    if (stored === undefined)
      return {
        differences: [...differences, { guarantee: id, what: 'verdict', stored: 'none', now: 'nothing to compare with' }],
        judgements: 0,
      }
    const history = (await readJsonLines(join(folder, 'history.jsonl'))) as HistoryEntry[]
    const records = (await readJsonLines(join(folder, 'judgements.jsonl'))) as JudgementRecord[]
    const again = rejudge(history, records)
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
    const brokeOtherwise = stored.verdict === 'Inconclusive' || stored.verdict === 'NotSupported'
    if (verdict !== stored.verdict && !(brokeOtherwise && (verdict === 'Passed' || records.length === 0))) {
      differences.push({
        guarantee: id,
        what: 'verdict',
        stored: stored.verdict,
        now: `${verdict}${reasons[0] === undefined ? '' : `: ${firstLine(reasons[0].summary)}`}`,
      })
    }
    return { differences, judgements: records.length }
  } catch (error) {
    const now = error instanceof Error ? error.message : String(error)
    return { differences: [...differences, { guarantee: id, what: 'evidence', stored: 'readable', now }], judgements: 0 }
  }
}

async function reportDifferences(runDirectory: string, built: ConformanceReport): Promise<Difference[]> {
  const stored = parseFile(storedReportSchema, await readJson(join(runDirectory, 'report.json')), 'report.json')
  if (stored === undefined) return []
  const differences: Difference[] = []
  for (const now of built.guarantees) {
    const then = stored.guarantees.find(({ id }) => id === now.id)
    if (then?.verdict !== now.verdict)
      differences.push({ guarantee: now.id, what: 'report', stored: then?.verdict ?? 'not in the report', now: verdictLine(now) })
    if (then !== undefined && !isDeepStrictEqual(then.chapters, now.chapters))
      differences.push({ guarantee: now.id, what: 'report', stored: chapterLine(then, now), now: chapterLine(now, then) })
  }
  for (const then of stored.guarantees.filter(({ id }) => !built.guarantees.some((now) => now.id === id))) {
    differences.push({ guarantee: then.id, what: 'report', stored: then.verdict, now: 'nothing in the run directory' })
  }
  const result = resultBy(stored, built.guarantees)
  if (stored.result !== result) differences.push({ guarantee: '(whole run)', what: 'report', stored: stored.result, now: result })
  return differences
}

function verdictLine({ verdict, reasons }: GuaranteeResult): string {
  return `${verdict}${reasons[0] === undefined ? '' : `: ${firstLine(reasons[0].summary)}`}`
}

/** The first chapter of a story that is not as in another one. */
function chapterLine({ chapters = [] }: GuaranteeResult, other: GuaranteeResult): string {
  const index = Array.from({ length: chapters.length + 1 }).findIndex((_, at) => !isDeepStrictEqual(chapters[at], other.chapters?.[at]))
  return `chapter ${index + 1}: ${JSON.stringify(chapters[index]) ?? 'none'}`
}

/** What `holdfast recheck` prints, as lines. */
export function recheckLines({ checked, judgements, differences }: Recheck): string[] {
  if (checked === 0) return ['Nothing was rechecked: the run directory holds no evidence.']
  const lines = differences.map(({ guarantee, what, stored, now }) => `  ${guarantee}  ${what}\n    stored  ${stored}\n    now     ${now}`)
  const counted = `${checked} guarantees, ${judgements} judgements`
  return differences.length === 0
    ? [`Rechecked ${counted}: all as stored.`]
    : [`Rechecked ${counted}: ${differences.length} differences.`, ...lines]
}

/** Prints a recheck on standard output. */
export function printRecheck(result: Recheck): void {
  process.stdout.write(`${recheckLines(result).join('\n')}\n`)
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}
