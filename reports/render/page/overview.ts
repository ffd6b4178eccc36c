import { knownIn, type ReportedEntry } from '../../known-failures/section.ts'
import type { ConformanceReport, GuaranteeResult, SkippedCheck } from '../../model/conformance-report.ts'
import { secondsOf } from '../../model/seconds.ts'
import { workFigures, workOf } from '../../model/work.ts'
import { gateHtml, knownHtml } from './known-failures.ts'
import { headline, resultMeaning, skippedByReason, statementsLine } from '../headline.ts'
import { type Markup, markup, type MarkupValue } from '../markup.ts'
import { originFacts } from './origin.ts'
import { subjectFacts } from './subject.ts'
import { verdictsInOrder } from '../text/summary.ts'

/** The verdict of a check as a coloured word. */
export function verdictBadge(verdict: GuaranteeResult['verdict']): Markup {
  return markup`<span class="badge ${verdict}">${verdict}</span>`
}

/** The top of the page: the result, how much was looked at, and who ran what on which cluster and when. */
export function resultHtml(report: ConformanceReport, byDigest: ReadonlySet<string>): Markup {
  const { result, run, cluster } = report
  const reasons = skippedByReason(report)
  const facts: readonly (readonly [string, MarkupValue])[] = [
    ['Kubernetes', cluster.versions['kubernetes'] ?? 'unknown'],
    ...(cluster.configured === undefined ? [] : [['Configured with', JSON.stringify(cluster.configured)] as const]),
    ...subjectFacts(report),
    ['Period (UTC)', `${run.startedAt} to ${run.endedAt}, ${run.durationSeconds.toFixed(0)} s`],
    ['Command', `${run.command}${run.profile === undefined ? '' : ` (run profile ${run.profile})`}`],
    ...originFacts(report),
    ...(byDigest.size === 0 ? [] : [['Evidence', evidenceKept(report, byDigest)] as const]),
    ...(run.interruptedBy === undefined ? [] : [['Interrupted by', run.interruptedBy] as const]),
  ]
  return markup`<header>
<p class="kicker">Holdfast conformance report ${run.id}</p>
<h1><span class="badge ${result}">${result}</span> ${headline(report)}</h1>
<p class="meaning">${resultMeaning(report)}.</p>
${gateHtml(report)}${reasons.length === 0 ? '' : markup`<p><a href="#not-run">${report.skipped.length} not selected</a>: ${reasons.join('; ')}.</p>`}
${statementsHtml(report)}
<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`
}

/** How the evidence of a published copy is kept. */
function evidenceKept({ guarantees }: ConformanceReport, byDigest: ReadonlySet<string>): string {
  const onlyPassed = guarantees.every(({ id, verdict }) => verdict === 'Passed' || !byDigest.has(id))
  return onlyPassed
    ? `by digest for what Passed (${byDigest.size}), whole for all other checks`
    : `by digest for all checks (${byDigest.size})`
}

function statementsHtml(report: ConformanceReport): Markup {
  const line = statementsLine(report)
  if (line === undefined) return markup``
  const settled = 'Settled: the statement holds as written and all its checks Passed, or it is documented wrongly and this run showed so.'
  return markup`<p><a href="#statements">${line}</a>. <span class="quiet">${settled}</span></p>`
}

/** Every check that was selected, what needs a reader first. */
export function checksHtml(report: ConformanceReport): Markup {
  const work = workOf(report, { slowest: 10 })
  const sorted = verdictsInOrder.flatMap((verdict) => report.guarantees.filter((guarantee) => guarantee.verdict === verdict))
  const rows = sorted.map(
    (guarantee) => markup`<tr><td>${verdictBadge(guarantee.verdict)}
<td><a href="#${guarantee.id}"><b>${guarantee.id}</b></a><br>${guarantee.statement}${firstReason(guarantee, knownIn(report.knownFailures, guarantee.id))}
<td>${guarantee.level}<td class="number">${secondsOf(guarantee).toFixed(1)} s
`,
  )
  return markup`<table class="rows"><thead><tr><th>verdict</th><th>what is checked</th><th>level</th><th>time</th></tr></thead><tbody>
${rows}</tbody></table>
${work === undefined ? '' : markup`<p class="quiet">${workFigures(work).join(', ')}</p>`}
${neverSeenHtml(report)}
${verdictMeaningsHtml()}`
}

/** Checks of which no run has shown that they can fail; nothing where there are none, or where the run did not know. */
function neverSeenHtml({ guarantees }: ConformanceReport): Markup {
  const never = guarantees.filter(({ lastSeenToFail }) => lastSeenToFail === null)
  if (never.length === 0) return markup``
  const links = never.map(({ id }, index) => markup`${index === 0 ? '' : ', '}<a href="#${id}">${id}</a>`)
  return markup`<p>Never seen to fail under a mutant: ${never.length} of ${guarantees.length}. ${links}</p>`
}

/** What each verdict means, under a heading of the third level. */
export function verdictMeaningsHtml(): Markup {
  return markup`<h3>What the verdicts mean</h3>
<dl class="facts">${verdictMeanings.map(([verdict, meaning]) => markup`<div><dt>${verdictBadge(verdict)}</dt><dd>${meaning}</dd></div>`)}</dl>`
}

const verdictMeanings = [
  ['Passed', 'Everything observed agrees with the sentence.'],
  ['Failed', 'The cluster broke the sentence; the reason shows how.'],
  ['Inconclusive', 'There is no proof either way: a gap in a watch, no data to judge, or a check that broke.'],
  ['NotSupported', 'The cluster lacks a feature that the check needs; it did not run.'],
] as const

/** What went wrong beside the verdicts: of the run, and of each check. Undefined when nothing did. */
export function findingsHtml({ run, guarantees }: Pick<ConformanceReport, 'run' | 'guarantees'>): Markup | undefined {
  const ofRun = (run.findings ?? []).map(
    (finding) => markup`<li>${finding}</li>
`,
  )
  const ofChecks = guarantees.flatMap(({ id, findings = [] }) =>
    findings.map(
      (finding) => markup`<li><a href="#${id}">${id}</a>: ${finding}</li>
`,
    ),
  )
  if (ofRun.length + ofChecks.length === 0) return undefined
  return markup`<p>No verdict is changed by what went wrong afterwards: while logs were collected, things were deleted or reports were written.</p>
<ul>${ofRun}${ofChecks}</ul>`
}

/** Storage that the run left behind. Undefined where there is none, or where it was not looked for. */
export function leaksHtml({ run: { leaks = [] } }: Pick<ConformanceReport, 'run'>): Markup | undefined {
  if (leaks.length === 0) return undefined
  const items = leaks.map(
    (leak) => markup`<li>${leak}</li>
`,
  )
  return markup`<p>No verdict is changed by it, but a run that leaves storage behind is no success.</p>
<ul>${items}</ul>`
}

/** Every check that was not selected, by reason. */
export function skippedHtml(skipped: readonly SkippedCheck[]): Markup {
  const groups = [...Map.groupBy(skipped, ({ why }) => why)].map(([why, checks]) => {
    const rows = checks.map(
      ({ id, statement, level }) => markup`<tr id="${id}"><td><b>${id}</b><br>${statement ?? 'This run did not store the sentence.'}
<td>${level ?? ''}<td>not run: ${why}
`,
    )
    return markup`<h3>${checks.length} ${why}</h3>
<table class="rows"><thead><tr><th>what was not checked</th><th>level</th><th>reason</th></tr></thead><tbody>${rows}</tbody></table>
`
  })
  return markup`${groups}`
}

/** Each control: a check run against a cluster that breaks its sentence on purpose. */
export function controlsHtml(rows: NonNullable<ConformanceReport['sensitivity']>): Markup {
  const noticed = rows.filter(({ killed }) => killed).length
  const alike = rows.filter(({ killed, equivalent }) => !killed && equivalent !== undefined).length
  const lines = rows.map(({ killed, mutant, guarantee, verdict, reason, equivalent }) => {
    const what = killed || equivalent === undefined ? `${verdict}: ${reason}` : equivalent
    const badge = badgeOf({ killed, equivalent })
    return markup`<tr><td>${badge}</td><td>${mutant}</td><td><a href="#${guarantee}">${guarantee}</a></td><td>${what}</td></tr>
`
  })
  const others = alike === 0 ? '' : ` ${alike} more cannot be told from what is not broken.`
  const figures = `${noticed} of ${rows.length - alike} failed, as they must.${others}`
  return markup`<p>Each check ran on a cluster that breaks its sentence on purpose. ${figures}</p>
<table class="rows"><thead><tr><th>outcome</th><th>mutant</th><th>check</th><th>verdict</th></tr></thead><tbody>${lines}</tbody></table>`
}

function badgeOf({ killed, equivalent }: { readonly killed: boolean; readonly equivalent?: string | undefined }): Markup {
  if (killed) return markup`<span class="badge Passed">noticed</span>`
  return equivalent === undefined ? markup`<span class="badge Failed">not noticed</span>` : markup`equivalent`
}

function firstReason({ verdict, reasons }: GuaranteeResult, known: ReportedEntry | undefined): Markup {
  const reason = reasons[0]?.summary.split('\n')[0]
  const cause = reason === undefined ? '' : markup`<br><span class="tone ${verdict}">${reason}</span>`
  return verdict === 'Passed' ? markup`` : markup`${cause}${known && markup`<br>${knownHtml(known)}`}`
}
