import type { ReportedRun, RunsOfSide } from '../compare/runs-of-side.ts'
import { type ExampleReport, exampleReport } from './example-report.ts'

let made = 0

/** One side of a comparison with a run for each report, of which no evidence is there. A run has an id of its own where none is told. */
export function exampleSide(first: ExampleReport, ...others: readonly ExampleReport[]): RunsOfSide {
  return { runs: [run(first), ...others.map(run)], leftOut: [] }
}

function run(example: ExampleReport): ReportedRun {
  made += 1
  return { directory: '/nowhere', report: exampleReport({ id: `20261121-${100_000 + made}-ab12`, ...example }) }
}
