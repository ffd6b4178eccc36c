import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { type Markup, markup } from '../markup.ts'
import { reproductionOf } from '../reproduce.ts'

/** The command that does a run again, for the top of its page. */
export function reproduceHtml(report: ConformanceReport, runDirectory: string): Markup {
  const { command, notes } = reproductionOf(report, (path) => existsSync(join(runDirectory, path)))
  return markup`<div class="reproduce" id="reproduce"><h2>Do it again</h2><kbd>${command}</kbd>${notes.map((note) => markup`<small>${note} </small>`)}</div>
`
}
