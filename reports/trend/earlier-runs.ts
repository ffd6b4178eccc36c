import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { buildReport } from '../model/build-report.ts'
import type { ConformanceReport } from '../model/conformance-report.ts'
import { parseFile } from '../model/guarantee-files.ts'
import { readJson } from '../model/run-files.ts'
import { byDate, runBefore, siteRun, type SiteRun } from '../site/site-run.ts'
import { letters, verdictTable } from '../site/verdict-table.ts'
import { platformTitle } from '../site/run-words.ts'
import type { RunHistory } from './read-history.ts'

/** The file of a run with what earlier runs on its platform came to, where some were named. */
export const earlierRunsFile = 'earlier-runs.json'

/** How many verdicts of a guarantee are told, that of the run included. */
export const verdictsTold = 20

const letter = z.enum(Object.keys(letters) as [keyof typeof letters])

const runSchema = z.strictObject({
  id: z.string(),
  kubernetes: z.string(),
  profile: z.string().optional(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  durationSeconds: z.number().nonnegative(),
  commit: z.string(),
  result: z.enum(['success', 'partial', 'failure']),
  /** SHA-256 of its `report.json`, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** A letter for each guarantee of the list; `-` where it was not selected, or more than enough later runs judged it. */
  verdicts: z.string(),
  /** Seconds that each guarantee took; null where it did not run. */
  seconds: z.array(z.number().nonnegative().nullable()),
  /** Why a guarantee is not Passed, by its place in the list. */
  causes: z.record(z.string(), z.string()),
})

const earlierRunsSchema = z.strictObject({
  apiVersion: z.literal('holdfast.dev/v1alpha1'),
  kind: z.literal('EarlierRuns'),
  /** Ids of the guarantees. The lists of each run follow this order. */
  guarantees: z.array(z.string()),
  /** From the oldest to the newest. */
  runs: z.array(runSchema),
  /** Runs that were named and are not told of, in sentences. */
  leftOut: z.array(z.string()),
})

/**
 * Writes what earlier runs on the platform of a run came to, into the directory of the run, before its reports are written. Returns how
 * many they are and what was left out, in sentences. Throws as `buildReport` does.
 */
export async function writeEarlierRuns(
  runDirectory: string,
  { runs, leftOut }: RunHistory,
): Promise<{ readonly runs: number; readonly leftOut: readonly string[] }> {
  const run = runOfReport(await buildReport(runDirectory))
  const earlier = byDate(runs.filter(({ id, startedAt }) => id !== run.id && startedAt < run.startedAt))
  const same = earlier.filter(({ platform }) => platform.name === run.platform.name)
  const told = [...leftOut, ...ofOtherPlatforms(earlier, run), ...ofLater(runs, run)]
  const kept = lastVerdicts(same, run)
  const { guarantees, runs: rows } = verdictTable(kept)
  const file: z.infer<typeof earlierRunsSchema> = {
    ...{ apiVersion: 'holdfast.dev/v1alpha1', kind: 'EarlierRuns', guarantees: [...guarantees] },
    runs: kept.map(({ id, kubernetes, profile, startedAt, endedAt, durationSeconds, commit, result, sha256 }, at) => ({
      ...{ id, kubernetes, ...(profile !== undefined && { profile }), startedAt, endedAt, durationSeconds, commit, result, sha256 },
      ...{ verdicts: rows[at]?.verdicts ?? '', seconds: [...(rows[at]?.seconds ?? [])], causes: { ...rows[at]?.causes } },
    })),
    leftOut: told,
  }
  await writeFile(join(runDirectory, earlierRunsFile), `${JSON.stringify(file)}\n`)
  return { runs: same.length, leftOut: told }
}

/** What earlier runs came to, as a run keeps it. */
export interface EarlierRuns {
  /** From the oldest to the newest, and the run itself behind them. */
  readonly runs: readonly SiteRun[]
  readonly run: SiteRun
  readonly leftOut: readonly string[]
}

/** Reads what a run keeps of earlier ones; undefined where none were named. Throws one sentence for a file that says nothing of them. */
export async function readEarlierRuns(report: ConformanceReport, runDirectory: string): Promise<EarlierRuns | undefined> {
  const file = parseFile(earlierRunsSchema, await readJson(join(runDirectory, earlierRunsFile)), earlierRunsFile)
  if (file === undefined) return undefined
  const run = runOfReport(report)
  const now = new Map(run.guarantees.map((guarantee) => [guarantee.id, guarantee]))
  const earlier = file.runs.map(({ verdicts, seconds, causes, profile, ...rest }) => {
    const guarantees = file.guarantees.flatMap((id, at) => {
      const { data } = letter.safeParse(verdicts.charAt(at))
      if (data === undefined) return []
      const { statement, level, source } = now.get(id) ?? { statement: '', level: 'MAY' as const, source: '' }
      const [took, cause] = [seconds[at] ?? undefined, causes[String(at)]]
      return [
        { id, statement, level, source, verdict: letters[data], ...(took !== undefined && { seconds: took }), ...(cause && { cause }) },
      ]
    })
    const count = (verdict: string) => guarantees.filter((guarantee) => guarantee.verdict === verdict).length
    const counts = {
      Passed: count('Passed'),
      Failed: count('Failed'),
      Inconclusive: count('Inconclusive'),
      NotSupported: count('NotSupported'),
    }
    return { ...rest, name: rest.id, profile, platform: run.platform, counts, skipped: undefined, guarantees }
  })
  return { runs: [...earlier, run], run, leftOut: file.leftOut }
}

function runOfReport(report: ConformanceReport): SiteRun {
  return siteRun(report.run.id, JSON.stringify(report))
}

/**
 * Of each guarantee of the run, the last verdicts that are told; what only earlier runs selected is kept of the run that it is compared
 * with alone, of which all is kept.
 */
function lastVerdicts(earlier: readonly SiteRun[], run: SiteRun): readonly SiteRun[] {
  const before = runBefore(run, [...earlier, run])
  const room = new Map(run.guarantees.map(({ id }) => [id, verdictsTold - 1]))
  const kept = earlier.toReversed().map((one) => {
    const guarantees = one.guarantees.filter(({ id }) => {
      const left = room.get(id) ?? 0
      room.set(id, left - 1)
      return left > 0 || one === before
    })
    return { ...one, guarantees }
  })
  return kept.filter(({ guarantees }) => guarantees.length > 0).toReversed()
}

function ofOtherPlatforms(earlier: readonly SiteRun[], run: SiteRun): readonly string[] {
  const others = Map.groupBy(
    earlier.filter(({ platform }) => platform.name !== run.platform.name),
    ({ platform }) => platformTitle(platform),
  )
  return [...others].map(([title, { length }]) => `${runsAre(length)} of another platform: ${title}.`)
}

function ofLater(runs: readonly SiteRun[], run: SiteRun): readonly string[] {
  const later = runs.filter(({ id, startedAt }) => id !== run.id && startedAt >= run.startedAt)
  return later.length === 0 ? [] : [`${runsAre(later.length)} later than this one.`]
}

function runsAre(count: number): string {
  return count === 1 ? '1 run is' : `${count} runs are`
}
