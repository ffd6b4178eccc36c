import { counted } from '../../contract/counted.ts'
import { durationRule } from '../compare/duration-rule.ts'
import type { ConformanceReport } from '../model/conformance-report.ts'
import { type Markup, markup } from '../render/markup.ts'
import { durationDrawing, durationStyle } from '../site/duration-line.ts'
import { flakesText, type GuaranteeHistory, guaranteeHistories, type Told } from '../site/guarantee-history.ts'
import { durationText, platformTitle, runsText, runTitle, selectionOf, startOf } from '../site/run-words.ts'
import { runBefore } from '../site/site-run.ts'
import { type VerdictChanges, verdictChanges } from '../site/verdict-changes.ts'
import { letters, verdictTable } from '../site/verdict-table.ts'
import { type EarlierRuns, readEarlierRuns, verdictsTold } from './earlier-runs.ts'

/** What a run's page tells of earlier runs, and how that looks. */
export interface Trend {
  readonly body: Markup
  readonly style: Markup
}

const style = markup`${durationStyle}
.trend td:nth-child(1){width:34%}.trend td:nth-child(3){width:24%;min-width:180px}.trend .durations{margin:0}.trend span{white-space:nowrap}
`

const letterOf = new Map(Object.entries(letters).map(([letter, verdict]) => [verdict, letter]))

/**
 * What earlier runs on the platform came to, for the page of a run: what changed since the one before, and the last verdicts and durations
 * of each guarantee. Undefined for a run that was given none. Throws one sentence where its file of them cannot be read.
 */
export async function trendOf(report: ConformanceReport, runDirectory: string): Promise<Trend | undefined> {
  const earlier = await readEarlierRuns(report, runDirectory)
  return earlier && { style, body: trendHtml(earlier) }
}

function trendHtml({ runs, run, leftOut }: EarlierRuns): Markup {
  const before = runBefore(run, runs)
  const left = leftOut.map((sentence) => markup`<li>${sentence}</li>`)
  const without = leftOut.length === 0 ? '' : markup`<p>Left out:</p><ul>${left}</ul>`
  if (before === undefined) return markup`<p>No earlier run on ${platformTitle(run.platform)} is known: this is the first.</p>${without}`
  const selected = new Set(run.guarantees.map(({ id }) => id))
  const histories = guaranteeHistories(runs).filter(({ id }) => selected.has(id))
  const table = verdictTable(runs)
  const changes = verdictChanges(table, [runs.indexOf(before), runs.length - 1], durationRule)
  const first = runs[0] ?? run
  return markup`<p>${runsText(runs.length - 1)} on ${platformTitle(run.platform)} before this one, the first of ${startOf(first)} (UTC). Runs decide nothing about each other: the verdicts of this run are its own.</p>
${without}
<h3 id="trend-changes">Since the run before</h3>
<p class="quiet">${runTitle(before)}; run ${before.id}</p>
${changesHtml(changes)}
<h3 id="trend-guarantees">The last ${verdictsTold} runs of each guarantee</h3>
<p class="quiet">From the oldest to this one: ${Object.entries(letters).map(([letter, verdict]) => `${letter} ${verdict}, `)} each with its seconds. A repetition is a run after another that judged the same guarantee.</p>
<table class="rows trend"><thead><tr><th scope="col">guarantee</th><th scope="col">verdicts and seconds</th><th scope="col">durations</th></tr></thead><tbody>
${sorted(histories).map(historyRow)}</tbody></table>`
}

function changesHtml({ summary, verdicts, durations, onlyBefore, onlyAfter }: VerdictChanges): Markup {
  const rows = verdicts.map(
    ({ id, before, after }) => markup`<tr><td><a href="#${id}"><b>${id}</b></a></td>
<td><span class="tone ${before.verdict}">${before.verdict}</span> ${before.text}</td><td><b class="tone ${after.verdict}">${after.verdict}</b> ${after.text}</td></tr>
`,
  )
  const took = durations.changes.map(
    ({
      id,
      before,
      after,
    }) => markup`<tr><td><a href="#${id}"><b>${id}</b></a></td><td>took ${before}</td><td>took <b>${after}</b></td></tr>
`,
  )
  const only = [
    ...(onlyAfter.length === 0 ? [] : [`Only in this run: ${counted(onlyAfter.length, 'guarantees')}.`]),
    ...(onlyBefore.length === 0 ? [] : [`Only in the run before: ${counted(onlyBefore.length, 'guarantees')}.`]),
  ]
  return markup`<p>${[summary, ...only].join(' ')}</p>
${
  rows.length + took.length === 0
    ? ''
    : markup`<table class="rows"><thead><tr><th scope="col">guarantee</th><th scope="col">the run before</th><th scope="col">this run</th></tr></thead><tbody>
${rows}${took}</tbody></table>`
}
<p class="quiet">${durations.changes.length === 0 ? 'No duration changed by more than the noise. ' : ''}${durations.rule}</p>`
}

/** What had more than one verdict first, then by id. */
function sorted(histories: readonly GuaranteeHistory[]): readonly GuaranteeHistory[] {
  const isSteady = ({ runs }: GuaranteeHistory) => new Set(runs.map(({ told }) => told.verdict)).size === 1
  return [...histories.filter((history) => !isSteady(history)), ...histories.filter(isSteady)]
}

function historyRow({ id, runs, flakes }: GuaranteeHistory): Markup {
  const last = runs.slice(-verdictsTold)
  const drawing = durationDrawing(last.map(({ told }) => ({ seconds: told.seconds, verdict: told.verdict })))
  return markup`<tr><td><a href="#${id}"><b>${id}</b></a><br><span class="quiet">${flakesText(flakes)}</span></td>
<td>${last.map(verdictHtml)}</td><td>${drawing?.svg}</td></tr>
`
}

function verdictHtml({ run, told: { verdict, seconds } }: Told): Markup {
  const title = `${startOf(run)}, ${selectionOf(run)}: ${verdict}`
  const took = seconds === undefined ? '' : ` ${durationText(seconds).replace(/ s$/, '')}`
  return markup`<span title="${title}"><b class="tone ${verdict}">${letterOf.get(verdict)}</b>${took}</span> `
}
