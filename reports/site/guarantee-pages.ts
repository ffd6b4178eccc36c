import { counted } from '../../contract/counted.ts'
import { type Markup, markup, webLink } from '../render/markup.ts'
import { verdictBadge } from '../render/page/overview.ts'
import { durationLine } from './duration-line.ts'
import { flakesText, type GuaranteeHistory, type Told } from './guarantee-history.ts'
import { durationText, platformTitle, runsText, selectionOf, startOf } from './run-words.ts'
import { sitePage } from './site-page.ts'

/** The page of all guarantees, and one for each concept, by path in the site. */
export function guaranteePages(histories: readonly GuaranteeHistory[]): readonly (readonly [string, string])[] {
  const concepts = [...Map.groupBy(histories, ({ concept }) => concept)]
  return [['guarantees/index.html', allGuarantees(concepts)], ...concepts.map(conceptPage)]
}

type Concept = readonly [string, readonly GuaranteeHistory[]]

function allGuarantees(concepts: readonly Concept[]): string {
  const count = concepts.reduce((sum, [, some]) => sum + some.length, 0)
  return sitePage({
    title: 'Holdfast: guarantees and their history',
    root: '../',
    header: markup`<h1>${count} guarantees, and what runs have shown of them</h1>
<p>A guarantee is a sentence of the documentation that a suite tries on a cluster. Its page has each run that selected it.</p>
<p class="quiet">A repetition is a run on a platform where another one judged the same guarantee before.</p>`,
    body: markup`${concepts.map(([concept, some]) => conceptTable(concept, some))}`,
  })
}

function conceptTable(concept: string, histories: readonly GuaranteeHistory[]): Markup {
  const rows = histories.map(
    ({ id, newest, passed, judged, flakes }) => markup`<tr><td>${verdictBadge(newest.verdict)}</td>
<td><a href="${pageOf(id)}"><b>${id}</b></a><br>${newest.statement}</td>
<td>${judged === 0 ? 'never judged' : `Passed in ${passed} of ${runsText(judged)}`}<br><span class="quiet">${flakesText(flakes)}</span></td></tr>
`,
  )
  return markup`<h2 id="${concept}"><a class="anchor" href="${concept}.html">${concept}</a></h2>
<table class="rows"><thead><tr><th scope="col">newest verdict</th><th scope="col">guarantee</th><th scope="col">over all runs</th></tr></thead><tbody>
${rows}</tbody></table>
`
}

function conceptPage([concept, histories]: Concept): readonly [string, string] {
  const page = sitePage({
    title: `Holdfast: history of ${concept}`,
    root: '../',
    header: markup`<h1>${concept}: ${counted(histories.length, 'guarantees')} over runs and versions</h1>`,
    body: markup`${histories.map(historySection)}`,
  })
  return [`guarantees/${concept}.html`, page]
}

function historySection({ id, newest, runs, passed, judged, flakes }: GuaranteeHistory): Markup {
  const durations = runs.map(({ run, told }) => ({
    seconds: told.seconds,
    verdict: told.verdict,
    title: `${startOf(run)}, Kubernetes ${run.kubernetes}: ${told.verdict}${told.seconds === undefined ? '' : `, ${told.seconds} s`}`,
  }))
  return markup`<section class="check" id="${id}">
<h2><a class="anchor" href="#${id}">${id}</a></h2>
<p class="sentence">${newest.statement}</p>
<p class="quiet">${newest.level} · ${webLink(newest.source)}</p>
<p>${judged === 0 ? 'Never judged' : `Passed in ${passed} of ${runsText(judged)} that judged it`}; ${flakesText(flakes)}.</p>
${durationLine(durations)}
<table class="rows"><thead><tr><th scope="col">run (UTC)</th><th scope="col">platform</th><th scope="col">verdict</th><th scope="col">time</th></tr></thead><tbody>
${runs.toReversed().map(historyRow)}</tbody></table>
</section>
`
}

function historyRow({ run, told: { id, verdict, cause, seconds, statement } }: Told, at: number, all: readonly Told[]): Markup {
  const older = all[at + 1]?.told.statement
  const reworded =
    older !== undefined && older !== statement ? markup`<br><span class="quiet">The sentence has changed since the run before.</span>` : ''
  return markup`<tr><td><a href="../runs/${run.name}/index.html#${id}">${startOf(run)}</a></td>
<td>${platformTitle({ ...run.platform, minor: run.kubernetes })}, ${selectionOf(run)}${reworded}</td>
<td>${verdictBadge(verdict)}${cause === undefined ? '' : markup` <span class="tone ${verdict}">${cause}</span>`}</td>
<td class="number">${seconds === undefined ? '' : durationText(seconds)}</td></tr>
`
}

function pageOf(id: string): string {
  return `${id.split('/')[0] ?? ''}.html#${id}`
}
