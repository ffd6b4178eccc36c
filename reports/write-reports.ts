import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inTurn } from '../harness/engine/fixtures/tear-down.ts'
import { writeAllureResults } from './render/allure/allure-results.ts'
import { writeHtml } from './render/page/page.ts'
import { trendOf } from './trend/trend-section.ts'
import { buildReport } from './model/build-report.ts'
import { type ConformanceReport, exitCodeOf } from './model/conformance-report.ts'
import { gateOf } from './model/gate.ts'
import { junitXml } from './render/text/junit.ts'

/** Result of `writeReports`. */
export interface WrittenReports {
  readonly report: ConformanceReport
  /** What the gate says: 0 success, 1 failure, 2 partial. */
  readonly exitCode: 0 | 1 | 2
  /** The page, or `report.json` where it could not be rendered. */
  readonly htmlPath: string
  /** What could not be written, in sentences. */
  readonly findings: readonly string[]
}

/**
 * Builds the report of a run from its files and writes `report.json`, `junit.xml`, `index.html` and `allure-results/` into the run
 * directory. One that cannot be written is a finding and costs none of the others. Throws one sentence when the run's own files are missing
 * or malformed.
 */
export async function writeReports(runDirectory: string): Promise<WrittenReports> {
  const report = await buildReport(runDirectory)
  const path = join(runDirectory, 'report.json')
  let htmlPath = path
  const findings = await inTurn({
    'Writing report.json': async () => writeFile(path, `${JSON.stringify(report)}\n`),
    'Writing junit.xml': async () => writeFile(join(runDirectory, 'junit.xml'), junitXml(report)),
    'Writing index.html': async () =>
      void (htmlPath = await writeHtml(report, runDirectory, { trend: await trendOf(report, runDirectory) })),
    'Writing allure-results': async () => void (await writeAllureResults(report, runDirectory)),
  })
  return { report, exitCode: exitCodeOf(gateOf(report)), htmlPath, findings }
}
