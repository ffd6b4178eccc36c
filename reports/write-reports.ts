import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAllureResults } from './render/allure-results.ts'
import { writeHtml } from './render/page.ts'
import { buildReport } from './model/build-report.ts'
import { type ConformanceReport, exitCodeOf } from './model/conformance-report.ts'
import { junitXml } from './render/junit.ts'

/** What `writeReports` leaves. */
export interface WrittenReports {
  readonly report: ConformanceReport
  /** 0 success, 1 failure, 2 partial. */
  readonly exitCode: 0 | 1 | 2
  readonly htmlPath: string
}

/**
 * Builds the report of a run from its files and writes `report.json`, `junit.xml`, `index.html` and `allure-results/` into the run
 * directory.
 * Throws one sentence when the run's own files are missing or malformed.
 */
export async function writeReports(runDirectory: string): Promise<WrittenReports> {
  const report = await buildReport(runDirectory)
  await writeFile(join(runDirectory, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
  await writeFile(join(runDirectory, 'junit.xml'), junitXml(report))
  const htmlPath = await writeHtml(report, runDirectory)
  await writeAllureResults(report, runDirectory)
  return { report, exitCode: exitCodeOf(report.result), htmlPath }
}
