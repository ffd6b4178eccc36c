import { join } from 'node:path'
import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'
import { parseFile } from '../model/guarantee-files.ts'
import { readJson } from '../model/run-files.ts'
import { type StoredReport, storedReportSchema } from '../model/stored-report.ts'

/** A guarantee that came out otherwise in one run than in another. */
export interface Otherwise {
  readonly id: string
  /** Verdict, and the first line of the first reason. */
  readonly verdicts: readonly [string, string]
}

/** What two runs have in common, and what not. */
export interface Comparison {
  /** What each run was: its id, Kubernetes version and profile. */
  readonly runs: readonly [string, string]
  /** How many guarantees both runs selected. */
  readonly both: number
  /** Ids of the guarantees that only one of them selected. */
  readonly only: readonly [readonly string[], readonly string[]]
  readonly otherwise: readonly Otherwise[]
}

interface Judged {
  readonly verdict: VerdictName
  readonly reasons: readonly { readonly summary: string }[]
}

/**
 * Compares the verdicts of two runs by their `report.json`. Evidence is not looked at. Throws one sentence when a run has no report, or one
 * that is not of a known form.
 */
export async function compareRuns(one: string, other: string): Promise<Comparison> {
  const [first, second] = [await reportOf(one), await reportOf(other)]
  const seconds = new Map(second.guarantees.map((guarantee) => [guarantee.id, guarantee]))
  const pairs = first.guarantees.flatMap((guarantee) => {
    const match = seconds.get(guarantee.id)
    return match === undefined ? [] : [[guarantee, match] as const]
  })
  const common = new Set(pairs.map(([{ id }]) => id))
  const without = ({ guarantees }: StoredReport) => guarantees.map(({ id }) => id).filter((id) => !common.has(id))
  return {
    runs: [titleOf(first), titleOf(second)],
    both: pairs.length,
    only: [without(first), without(second)],
    otherwise: pairs.flatMap(([a, b]) => (a.verdict === b.verdict ? [] : [{ id: a.id, verdicts: [verdictLine(a), verdictLine(b)] }])),
  }
}

/** What `holdfast compare` prints, as lines. */
export function comparisonLines({ runs, both, only, otherwise }: Comparison): string[] {
  const found = otherwise.length === 0 ? 'with the same verdicts' : `${otherwise.length} of them with another verdict`
  return [
    `A  ${runs[0]}`,
    `B  ${runs[1]}`,
    `Guarantees in both: ${both}, ${found}.`,
    ...otherwise.flatMap(({ id, verdicts }) => [`  ${id}`, `    A  ${verdicts[0]}`, `    B  ${verdicts[1]}`]),
    ...only.flatMap((ids, index) => (ids.length === 0 ? [] : [`Only in ${index === 0 ? 'A' : 'B'}, not compared: ${ids.join(', ')}.`])),
  ]
}

async function reportOf(directory: string): Promise<StoredReport> {
  const path = join(directory, 'report.json')
  const report = parseFile(storedReportSchema, await readJson(path), path)
  if (report === undefined) throw new Error(`${path} does not exist: the run has not ended, or was killed.`)
  return report
}

function titleOf({ run, cluster }: StoredReport): string {
  const profile = run.profile === undefined ? '' : `, profile ${run.profile}`
  return `${run.id}: Kubernetes ${cluster.versions['kubernetes'] ?? 'unknown'}${profile}, commit ${run.commit.slice(0, 12)}`
}

/** A verdict and the first line of its first reason. */
export function verdictLine({ verdict, reasons }: Judged): string {
  const reason = reasons[0]?.summary.split('\n')[0]
  return reason === undefined ? verdict : `${verdict}: ${reason}`
}
