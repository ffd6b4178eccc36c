import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The verdicts of one run, by guarantee id, each with its first reason. */
export interface RunVerdicts {
  /** Names the run in the table, such as `idle 1`. */
  readonly run: string
  readonly verdicts: ReadonlyMap<string, { readonly verdict: string; readonly reason: string }>
}

/** Reads the verdicts of a run from `report.json` in its directory. Throws when the run left no report. */
export function readVerdicts(run: string, directory: string): RunVerdicts {
  const report: unknown = JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8'))
  const { guarantees } = report as { guarantees: readonly { id: string; verdict: string; reasons: readonly { summary: string }[] }[] }
  return {
    run,
    verdicts: new Map(guarantees.map(({ id, verdict, reasons }) => [id, { verdict, reason: reasons[0]?.summary.split('\n')[0] ?? '' }])),
  }
}

/** A guarantee that did not pass in every run, or did not run in all of them. */
export interface Deviation {
  readonly id: string
  /** One line for each run in which it did not pass: the run, the verdict and the reason. */
  readonly lines: readonly string[]
}

/** Compares runs: every guarantee that is not `Passed` in each of them. `NotSupported` in all runs is no deviation. */
export function deviationsOf(runs: readonly RunVerdicts[]): readonly Deviation[] {
  const ids = [...new Set(runs.flatMap(({ verdicts }) => [...verdicts.keys()]))].toSorted()
  return ids.flatMap((id) => {
    const found = runs.map(({ run, verdicts }) => ({ run, ...(verdicts.get(id) ?? { verdict: 'missing', reason: '' }) }))
    if (found.every(({ verdict }) => verdict === 'Passed') || found.every(({ verdict }) => verdict === 'NotSupported')) return []
    return [
      { id, lines: found.filter(({ verdict }) => verdict !== 'Passed').map(({ run, verdict, reason }) => `${run}: ${verdict} ${reason}`) },
    ]
  })
}
