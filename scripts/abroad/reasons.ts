import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The reasons of all verdicts of a run in full, as its report has them: what is printed is cut. Empty when it left no report. */
export function reasonsOf(printed: string): string {
  const directory = /^\s+evidence\s+(\S+)$/m.exec(printed)?.[1]
  if (directory === undefined) return ''
  const report: unknown = JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8'))
  const { guarantees } = report as { guarantees: readonly { id: string; verdict: string; reasons: readonly { summary: string }[] }[] }
  return guarantees.flatMap(({ id, verdict, reasons }) => reasons.map(({ summary }) => `${verdict} ${id}: ${summary}`)).join('\n')
}
