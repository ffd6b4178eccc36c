import { breaksGate, entryCounts, knownIn, knownInWords } from '../../known-failures/section.ts'
import type { ConformanceReport, GuaranteeResult } from '../../model/conformance-report.ts'
import { escapeMarkdown, foldedMarkdown } from './escape-markdown.ts'
import { exitMeaning, headline, skippedByReason, statementsLine } from '../headline.ts'
import { entryLine } from './known-failure-lines.ts'

/** Guarantees of a verdict that are told one by one, and letters of a cause: the summary of a job has an end. */
const most = { rows: 60, letters: 400 }

/** A report in short, as Markdown for the summary of a job or a comment on a pull request; what needs a reader comes first. */
export function jobSummary(report: ConformanceReport): string {
  const { result, run, cluster, guarantees, knownFailures } = report
  const of = (verdict: GuaranteeResult['verdict']) => guarantees.filter((guarantee) => guarantee.verdict === verdict)
  const known = knownFailures?.entries ?? []
  const broken = known.filter(breaksGate).map((entry) => `- Known failure, ${entry.outcome}: ${escapeMarkdown(entryLine(entry))}`)
  const leaks = (run.leaks ?? []).map((leak) => `- Leak: ${escapeMarkdown(leak)}`)
  const doubted = [...of('Failed'), ...of('Inconclusive')]
  const unsupported = of('NotSupported')
  const parts = [
    `### Holdfast: ${result}, ${escapeMarkdown(headline(report))}`,
    table([
      ['platform', `Kubernetes ${cluster.versions['kubernetes'] ?? 'of unknown version'}, ${cluster.driver}`],
      ['run', [run.id, ...(run.profile === undefined ? [] : [`profile ${run.profile}`]), `${run.durationSeconds.toFixed(0)} s`].join(', ')],
      ['meaning', exitMeaning(report)],
      ...(known.length === 0 ? [] : [['known failures', entryCounts(known).join(', ')] as const]),
      ...(report.skipped.length === 0 ? [] : [['not run', skippedByReason(report).join(', ')] as const]),
      ...[statementsLine(report)].flatMap((line) => (line === undefined ? [] : [['ledger', line] as const])),
    ]),
    ...[broken, leaks].flatMap((lines) => (lines.length === 0 ? [] : [lines.join('\n')])),
    ...(doubted.length === 0 ? [] : [verdictTable(report, doubted)]),
    ...(unsupported.length === 0 ? [] : [foldedMarkdown(`NotSupported (${unsupported.length})`, verdictTable(report, unsupported))]),
  ]
  return `${parts.join('\n\n')}\n`
}

function table(rows: readonly (readonly [string, string])[]): string {
  return ['| | |', '| --- | --- |', ...rows.map(([name, text]) => `| ${name} | ${escapeMarkdown(text)} |`)].join('\n')
}

function verdictTable(report: ConformanceReport, guarantees: readonly GuaranteeResult[]): string {
  const rows = guarantees.slice(0, most.rows).map((guarantee) => {
    const known = knownIn(report.knownFailures, guarantee.id)
    const below = [causeOf(guarantee), ...(known === undefined ? [] : [knownInWords(known)])].map((text) => escapeMarkdown(text))
    return `| ${guarantee.verdict} | \`${guarantee.id}\` | ${guarantee.level} | ${below.join('<br>')} |`
  })
  const left = guarantees.length - rows.length
  const more = left === 0 ? [] : ['', `And ${left} more: the report has them all.`]
  return ['| verdict | guarantee | level | cause |', '| --- | --- | --- | --- |', ...rows, ...more].join('\n')
}

/** The first line of the first cause of a verdict. */
export function causeOf({ reasons }: Pick<GuaranteeResult, 'reasons'>): string {
  const [cause = ''] = reasons[0]?.summary.split('\n') ?? []
  return cause.length > most.letters ? `${cause.slice(0, most.letters)}…` : cause
}
