import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** When a guarantee was judged. */
export interface JudgedSpan {
  readonly startedAt: string
  readonly endedAt: string
}

/** What the report of a run says of its time. */
export interface RunTimes {
  readonly startedAt: string
  readonly guarantees: readonly JudgedSpan[]
}

/** What a run took, in seconds, and how many guarantees it judged at the same time. */
export interface RunFigures {
  readonly firstVerdict: number
  /** All verdicts together, in seconds. */
  readonly judged: number
  /** The mean, from the start of the first to the verdict of the last. */
  readonly parallel: number
}

/** Reads the times of a run from its `report.json`: those of guarantees that were judged. */
export function timesOfRun(run: string): RunTimes {
  const report = JSON.parse(readFileSync(join(run, 'report.json'), 'utf8')) as {
    readonly run: { readonly startedAt: string }
    readonly guarantees: readonly (Partial<JudgedSpan> & { readonly verdict: string })[]
  }
  const guarantees = report.guarantees.flatMap(({ verdict, startedAt, endedAt }) =>
    verdict === 'NotSupported' || startedAt === undefined || endedAt === undefined ? [] : [{ startedAt, endedAt }],
  )
  return { startedAt: report.run.startedAt, guarantees }
}

/** Figures of a run. Throws where it judged nothing. */
export function figuresOf({ startedAt, guarantees }: RunTimes): RunFigures {
  if (guarantees.length === 0) throw new Error('The run judged nothing.')
  const spans = guarantees.map((span) => [Date.parse(span.startedAt), Date.parse(span.endedAt)] as const)
  const [begun, over] = [Math.min(...spans.map(([start]) => start)), Math.max(...spans.map(([, end]) => end))]
  const judged = spans.reduce((sum, [start, end]) => sum + (end - start) / 1000, 0)
  return {
    firstVerdict: (Math.min(...spans.map(([, end]) => end)) - Date.parse(startedAt)) / 1000,
    judged,
    parallel: judged / Math.max(0.001, (over - begun) / 1000),
  }
}

/** Seconds that `holdfast up` said that its nodes took, which is `kind create`, and the whole cluster until it was ready. */
export function secondsOfUp(output: string): { readonly nodes: number; readonly ready: number } {
  const [nodes, ready] = [/nodes started after ([\d.]+) s/u, /all controllers ready after ([\d.]+) s/u].map((line) =>
    Number(line.exec(output)?.[1]),
  )
  if (nodes === undefined || ready === undefined || !Number.isFinite(nodes + ready))
    throw new Error('"holdfast up" did not say when its cluster was ready.')
  return { nodes, ready }
}
