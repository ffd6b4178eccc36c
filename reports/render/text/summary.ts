import { styleText } from 'node:util'
import { type ConformanceReport, exitCodeOf, type GuaranteeResult } from '../../model/conformance-report.ts'
import { breaksGate, entryCounts, knownIn, knownInWords } from '../../known-failures/section.ts'
import { gateOf } from '../../model/gate.ts'
import { exitMeaning, headline, skippedByReason, statementsLine } from '../headline.ts'
import { entryLine } from './known-failure-lines.ts'
import { secondsOf } from '../../model/seconds.ts'
import { upgradeLine } from '../../model/upgrade-section.ts'
import { workOf, workFigures } from '../../model/work.ts'

/** Order in which verdicts are listed: what needs a reader first. */
export const verdictsInOrder = ['Failed', 'Inconclusive', 'NotSupported', 'Passed'] as const

const colours = { Failed: 'red', Inconclusive: 'yellow', NotSupported: 'gray', Passed: 'green' } as const

/** Options of a summary. */
export interface SummaryOptions {
  /** Path of the HTML report. */
  readonly htmlPath: string
  readonly runDirectory: string
  /** Columns of the terminal; lines are cut there. Default 120. */
  readonly columns?: number
  /** Default false. */
  readonly colour?: boolean
}

/** The one-screen summary of a report, as lines. */
export function summaryLines(
  report: ConformanceReport,
  { htmlPath, runDirectory, columns = 120, colour = false }: SummaryOptions,
): string[] {
  const paint = (style: 'bold' | 'dim' | (typeof colours)[keyof typeof colours], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text
  const cut = (text: string, width: number) => (text.length > width ? `${text.slice(0, Math.max(1, width - 1))}…` : text)
  const idWidth = Math.max(0, ...report.guarantees.map(({ id }) => id.length))
  const rows = verdictsInOrder.flatMap((verdict) => report.guarantees.filter((guarantee) => guarantee.verdict === verdict))
  const row = (guarantee: GuaranteeResult) => {
    const { verdict, id, reasons } = guarantee
    const line = `  ${paint(colours[verdict], verdict.padEnd(12))}  ${id.padEnd(idWidth)}  ${`${secondsOf(guarantee).toFixed(1)} s`.padStart(8)}`
    const reason = reasons[0]?.summary.split('\n')[0]
    const known = knownIn(report.knownFailures, id)
    const below = [reason, known && knownInWords(known)].filter((text) => text !== undefined)
    return verdict === 'Passed' ? [line] : [line, ...below.map((text) => paint('dim', cut(`                ${text}`, columns)))]
  }
  const { result, cluster, run, sensitivity = [] } = report
  const word = paint(result === 'success' ? 'green' : result === 'failure' ? 'red' : 'yellow', result)
  const controls = sensitivity.filter(({ killed, equivalent }) => killed || equivalent === undefined)
  const alive = controls.filter(({ killed }) => !killed)
  const work = workOf(report, { slowest: 3 })
  const statements = statementsLine(report)
  const findings = findingsByPlace(report)
  return [
    '',
    `${paint('bold', 'Holdfast')} ${run.id}  ${word}  ${headline(report)}  in ${run.durationSeconds.toFixed(0)} s`,
    '',
    ...rows.flatMap(row),
    '',
    ...(controls.length === 0
      ? []
      : [cut(`  controls  ${controls.length - alive.length} of ${controls.length} came out Failed, as they must`, columns)]),
    ...alive.map(({ mutant, guarantee, verdict }) => cut(`            ${guarantee} came out ${verdict} under ${mutant}`, columns)),
    ...(work === undefined ? [] : wrapped('  work      ', workFigures(work), columns)),
    ...(cluster.subject === undefined
      ? []
      : wrapped(
          '  subject   ',
          [`${cluster.subject.name} ${cluster.subject.version}`, ...cluster.subject.files.map(({ path }) => path)],
          columns,
        )),
    ...wrapped(
      `  cluster   `,
      Object.entries(cluster.versions).map((pair) => pair.join(' ')),
      columns,
    ),
    ...(report.upgrade === undefined ? [] : wrapped('  upgrade   ', upgradeLine(report.upgrade).split(', '), columns)),
    ...(report.skipped.length === 0 ? [] : wrapped('  not run   ', skippedByReason(report), columns)),
    ...knownLines(report, columns),
    ...(run.leaks ?? []).map((leak) => `  leak      ${leak}`),
    ...(findings.length === 0 ? [] : wrapped('  findings  ', findings, columns)),
    ...(statements === undefined ? [] : wrapped('  ledger    ', statements.split(', '), columns)),
    `  report    ${htmlPath}`,
    `  evidence  ${runDirectory}`,
    `  meaning   ${meaningOf(report)}`,
    '',
  ]
}

/** What the process ends with, and why; the reasons stand above. */
function meaningOf(report: ConformanceReport): string {
  const hasReasons = report.run.interruptedBy === undefined && exitCodeOf(gateOf(report)) !== 0
  return `${exitMeaning(report)}${hasReasons ? '; see the reasons above' : ''}`
}

/** What became of the known failures: how many came to what, and each that breaks the gate with what to do about it. */
function knownLines({ knownFailures }: ConformanceReport, columns: number): readonly string[] {
  if (knownFailures === undefined) return []
  const { entries } = knownFailures
  const counts = entries.length === 0 ? ['none listed'] : entryCounts(entries)
  return [...wrapped('  known     ', counts, columns), ...entries.filter(breaksGate).map((entry) => `            ${entryLine(entry)}`)]
}

/** How many findings there are of the run and of each guarantee; the page has them in words. */
function findingsByPlace({ run, guarantees }: ConformanceReport): readonly string[] {
  const places = [{ id: 'the run', findings: run.findings ?? [] }, ...guarantees]
  return places.flatMap(({ id, findings = [] }) => (findings.length === 0 ? [] : [`${findings.length} of ${id}`]))
}

/** Prints the summary on standard output, in colour where that is a terminal. */
export function printSummary(report: ConformanceReport, options: SummaryOptions): void {
  const colour = options.colour ?? process.stdout.hasColors?.() ?? false
  const columns = options.columns ?? (process.stdout.columns || 120)
  process.stdout.write(`${summaryLines(report, { ...options, colour, columns }).join('\n')}\n`)
}

function wrapped(label: string, items: readonly string[], columns: number): string[] {
  const lines: string[] = []
  let line = label
  for (const item of items) {
    if (line.length + item.length + 2 > columns && line.trim() !== label.trim()) {
      lines.push(line)
      line = ' '.repeat(label.length)
    }
    line += line.length === label.length ? item : `, ${item}`
  }
  return [...lines, line]
}
