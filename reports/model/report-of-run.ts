import { join } from 'node:path'
import { buildReport } from './build-report.ts'
import type { ConformanceReport } from './conformance-report.ts'
import { parseFile } from './guarantee-files.ts'
import { readJson } from './run-files.ts'
import { storedReportSchema } from './stored-report.ts'

/** The report of a run as it is stored, or, where there is none or one of a form that is no longer rendered, as it is built today. */
export async function reportOfRun(runDirectory: string): Promise<ConformanceReport> {
  const stored = parseFile(storedReportSchema, await readJson(join(runDirectory, 'report.json')), 'report.json')
  return stored === undefined || stored.apiVersion === 'holdfast.dev/v1alpha1' ? buildReport(runDirectory) : stored
}
