import type { ConformanceReport, GuaranteeResult, SkippedCheck } from '../model/conformance-report.ts'
import { secondsOf } from '../model/seconds.ts'
import { installedFrom } from '../model/subject.ts'
import { escapeMarkup } from './escape-markup.ts'
import { headline, statementsLine } from './headline.ts'

/**
 * Renders a report as JUnit XML: one test case for each check of the catalogue. Failed is a failure, Inconclusive an error; what the
 * cluster does not support and what was not selected is skipped, with the reason.
 */
export function junitXml(report: ConformanceReport): string {
  const { totals, run, cluster } = report
  const idle = totals.NotSupported + totals.skipped
  const counts = `tests="${totals.catalogue}" failures="${totals.Failed}" errors="${totals.Inconclusive}" skipped="${idle}"`
  const statements = statementsLine(report)
  const properties = [
    ['run', run.id],
    ['result', report.result],
    ['checks', headline(report)],
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
    `<testsuites name="Holdfast" ${counts} time="${run.durationSeconds.toFixed(3)}">`,
    `  <testsuite name="conformance" ${counts} time="${run.durationSeconds.toFixed(3)}" timestamp="${run.startedAt}">`,
    '    <properties>',
    ...properties.map(([name, value]) => `      <property name="${escapeMarkup(name ?? '')}" value="${escapeMarkup(value ?? '')}"/>`),
    '    </properties>',
    ...report.guarantees.flatMap(testCase),
    ...report.skipped.flatMap(skippedCase),
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
