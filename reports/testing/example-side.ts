import type { RunsOfSide } from '../compare/runs-of-side.ts'
import { type ExampleReport, exampleReport } from './example-report.ts'

/** One side of a comparison with a run for each report, of which no evidence is there. */
export function exampleSide(first: ExampleReport, ...others: readonly ExampleReport[]): RunsOfSide {
  const run = (example: ExampleReport, place: number) => ({
    directory: '/nowhere',
    report: exampleReport({ id: `20261121-10000${place}-ab12`, ...example }),
  })
  return { runs: [run(first, 0), ...others.map((example, index) => run(example, index + 1))], leftOut: [] }
}
