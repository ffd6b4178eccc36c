import {
  breaksGate,
  entryCounts,
  knownIn,
  knownInWords,
  type KnownFailuresSection,
  type ReportedEntry,
} from '../../known-failures/section.ts'
import type { ConformanceReport, GuaranteeResult, SkippedCheck } from '../../model/conformance-report.ts'
import { secondsOf } from '../../model/seconds.ts'
import { installedFrom } from '../../model/subject.ts'
import { escapeMarkup } from '../escape-markup.ts'
import { headline, statementsLine } from '../headline.ts'

/**
 * Renders a report as JUnit XML: one test case for each check of the catalogue. Failed is a failure, Inconclusive an error; what the
 * cluster does not support and what was not selected is skipped, with the reason. So is a known failure, because who reads JUnit gates on
 * it; its verdict and causes are with it. A second suite has a test case for each known failure that was listed, and what breaks the gate
 * is a failure there.
 */
export function junitXml(report: ConformanceReport): string {
  const { totals, run, cluster, knownFailures } = report
  const known = report.guarantees.filter(({ id }) => knownIn(report.knownFailures, id) !== undefined)
  const ofChecks = {
    tests: totals.catalogue,
    failures: totals.Failed - known.filter(({ verdict }) => verdict === 'Failed').length,
    errors: totals.Inconclusive - known.filter(({ verdict }) => verdict === 'Inconclusive').length,
    skipped: totals.NotSupported + totals.skipped + known.length,
  }
  const ofEntries = countsOfEntries(knownFailures?.entries ?? [])
  const time = `time="${run.durationSeconds.toFixed(3)}"`
  const statements = statementsLine(report)
  const properties = [
    ['run', run.id],
    ['result', report.result],
    ['checks', headline(report)],
    ...(knownFailures === undefined
      ? []
      : [
          ['gate', knownFailures.gate],
          ['knownFailures', entryCounts(knownFailures.entries).join(', ') || 'none'],
        ]),
    ...(statements === undefined ? [] : [['statements', statements]]),
    ['commit', run.commit],
    ['cluster', cluster.name],
    ...(run.profile === undefined ? [] : [['profile', run.profile]]),
    ['cluster.profile', cluster.profile],
    ['driver', cluster.driver],
    ...(cluster.subject === undefined
      ? []
      : [
          ['subject.version', cluster.subject.version],
          ['subject.installedFrom', installedFrom(cluster.subject)],
        ]),
    ...Object.entries(cluster.versions).map(([component, version]) => [`version.${component}`, version]),
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="Holdfast" ${countsText(ofChecks, ofEntries)} ${time}>`,
    `  <testsuite name="conformance" ${countsText(ofChecks)} ${time} timestamp="${run.startedAt}">`,
    '    <properties>',
    ...properties.map(([name, value]) => `      <property name="${escapeMarkup(name ?? '')}" value="${escapeMarkup(value ?? '')}"/>`),
    '    </properties>',
    ...report.guarantees.flatMap((guarantee) => testCase(guarantee, knownIn(report.knownFailures, guarantee.id))),
    ...report.skipped.flatMap(skippedCase),
    '  </testsuite>',
    ...(knownFailures === undefined
      ? []
      : [
          `  <testsuite name="known failures" ${countsText(ofEntries)} time="0.000" timestamp="${run.startedAt}">`,
          ...knownFailures.entries.flatMap(entryCase),
          '  </testsuite>',
        ]),
    '</testsuites>',
    '',
  ].join('\n')
}

interface Counts {
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
}

function countsOfEntries(entries: KnownFailuresSection['entries']): Counts {
  const failures = entries.filter(breaksGate).length
  const skipped = entries.filter(isIdle).length
  return { tests: entries.length, failures, errors: 0, skipped }
}

function countsText(...all: readonly Counts[]): string {
  const names = ['tests', 'failures', 'errors', 'skipped'] as const
  return names.map((name) => `${name}="${all.reduce((sum, counts) => sum + counts[name], 0)}"`).join(' ')
}

/** Whether nothing was said of an entry in this run. */
function isIdle({ outcome }: ReportedEntry): boolean {
  return outcome === 'does not apply' || outcome === 'not selected'
}

function entryCase(entry: ReportedEntry): string[] {
  const { guarantee, line, outcome, says } = entry
  const message = `message="${escapeMarkup(says)}"`
  const failure = breaksGate(entry) ? [`      <failure type="${outcome}" ${message}>${escapeMarkup(knownInWords(entry))}</failure>`] : []
  return [
    `    <testcase classname="known failures" name="${escapeMarkup(`line ${line}: ${guarantee}`)}" time="0.000">`,
    ...(isIdle(entry) ? [`      <skipped ${message}/>`] : failure),
    '    </testcase>',
  ]
}

function testCase(guarantee: GuaranteeResult, known: ReportedEntry | undefined): string[] {
  const [concept = '', behaviour = ''] = guarantee.id.split('/')
  const open = `    <testcase classname="${escapeMarkup(concept)}" name="${escapeMarkup(behaviour)}" time="${secondsOf(guarantee).toFixed(3)}">`
  const outcome = outcomeElement(guarantee, known)
  const properties = [
    '      <properties>',
    `        <property name="statement" value="${escapeMarkup(guarantee.statement)}"/>`,
    `        <property name="source" value="${escapeMarkup(guarantee.source)}"/>`,
    `        <property name="verdict" value="${guarantee.verdict}"/>`,
    ...(known === undefined ? [] : [`        <property name="known" value="${escapeMarkup(knownInWords(known))}"/>`]),
    '      </properties>',
  ]
  return [open, ...properties, ...outcome, '    </testcase>']
}

function skippedCase({ id, statement, why }: SkippedCheck): string[] {
  const [concept = '', behaviour = ''] = id.split('/')
  return [
    `    <testcase classname="${escapeMarkup(concept)}" name="${escapeMarkup(behaviour)}" time="0.000">`,
    ...(statement === undefined
      ? []
      : ['      <properties>', `        <property name="statement" value="${escapeMarkup(statement)}"/>`, '      </properties>']),
    `      <skipped message="${escapeMarkup(`not selected: ${why}`)}"/>`,
    '    </testcase>',
  ]
}

function outcomeElement({ verdict, reasons }: GuaranteeResult, known: ReportedEntry | undefined): string[] {
  if (verdict === 'Passed') return []
  const message = escapeMarkup(reasons[0]?.summary.split('\n')[0] ?? verdict)
  if (verdict === 'NotSupported') return [`      <skipped message="${message}"/>`]
  const text = reasons.map(({ summary, expected, actual }) =>
    [
      summary,
      ...(expected === undefined ? [] : [`  expected  ${expected}`]),
      ...(actual === undefined ? [] : [`  actual    ${actual}`]),
    ].join('\n'),
  )
  if (known !== undefined) {
    const said = escapeMarkup(`${verdict}, ${knownInWords(known)}`)
    return [`      <skipped message="${said}"/>`, `      <system-out>${escapeMarkup(text.join('\n'))}</system-out>`]
  }
  const element = verdict === 'Failed' ? 'failure' : 'error'
  return [`      <${element} type="${verdict}" message="${message}">${escapeMarkup(text.join('\n'))}</${element}>`]
}
