import type { ConformanceReport, GuaranteeResult } from '../model/conformance-report.ts'
import { secondsOf } from '../model/seconds.ts'
import { escapeMarkup } from './escape-markup.ts'

/** Renders a report as JUnit XML: one test case a guarantee; Failed is a failure, Inconclusive an error, NotSupported skipped. */
export function junitXml(report: ConformanceReport): string {
  const { totals, run, cluster } = report
  const counts = `tests="${totals.guarantees}" failures="${totals.Failed}" errors="${totals.Inconclusive}" skipped="${totals.NotSupported}"`
  const properties = [
    ['run', run.id],
    ['result', report.result],
    ['commit', run.commit],
    ['cluster', cluster.name],
    ...(run.profile === undefined ? [] : [['profile', run.profile]]),
    ['cluster.profile', cluster.profile],
    ...Object.entries(cluster.versions).map(([component, version]) => [`version.${component}`, version]),
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="Holdfast" ${counts} time="${run.durationSeconds.toFixed(3)}">`,
    `  <testsuite name="conformance" ${counts} time="${run.durationSeconds.toFixed(3)}" timestamp="${run.startedAt}">`,
    '    <properties>',
    ...properties.map(([name, value]) => `      <property name="${escapeMarkup(name ?? '')}" value="${escapeMarkup(value ?? '')}"/>`),
    '    </properties>',
    ...report.guarantees.flatMap(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(guarantee: GuaranteeResult): string[] {
  const [concept = '', behaviour = ''] = guarantee.id.split('/')
  const open = `    <testcase classname="${escapeMarkup(concept)}" name="${escapeMarkup(behaviour)}" time="${secondsOf(guarantee).toFixed(3)}">`
  const outcome = outcomeElement(guarantee)
  const properties = [
    '      <properties>',
    `        <property name="statement" value="${escapeMarkup(guarantee.statement)}"/>`,
    `        <property name="source" value="${escapeMarkup(guarantee.source)}"/>`,
    `        <property name="verdict" value="${guarantee.verdict}"/>`,
    '      </properties>',
  ]
  return [open, ...properties, ...outcome, '    </testcase>']
}

function outcomeElement({ verdict, reasons }: GuaranteeResult): string[] {
  if (verdict === 'Passed') return []
  const message = escapeMarkup(reasons[0]?.summary.split('\n')[0] ?? verdict)
  if (verdict === 'NotSupported') return [`      <skipped message="${message}"/>`]
  const element = verdict === 'Failed' ? 'failure' : 'error'
  const text = reasons.map(({ summary, expected, actual }) =>
    [
      summary,
      ...(expected === undefined ? [] : [`  expected  ${expected}`]),
      ...(actual === undefined ? [] : [`  actual    ${actual}`]),
    ].join('\n'),
  )
  return [`      <${element} type="${verdict}" message="${message}">${escapeMarkup(text.join('\n'))}</${element}>`]
}
