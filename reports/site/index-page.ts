import { counted } from '../../contract/counted.ts'
import { type Markup, markup } from '../render/markup.ts'
import { verdictMeaningsHtml } from '../render/page/overview.ts'
import { badgeOf, badgeSvg } from './badge.ts'
import { durationText, platformTitle, runsText, selectionOf, startOf, verdictCounts } from './run-words.ts'
import { sitePage } from './site-page.ts'
import { byPlatform, runBefore, type SiteRun } from './site-run.ts'

/** The first page of a site: what it is, platforms with their newest runs, all runs by date. `runs` are from the oldest to the newest. */
export function indexPage(runs: readonly SiteRun[], guarantees: number): string {
  const platforms = byPlatform(runs)
  const newest = runs.at(-1)
  return sitePage({
    title: 'Holdfast conformance reports',
    root: '',
    header: markup`<h1>What the documentation promises for state in Kubernetes, tried on real clusters</h1>
<p>A run takes sentences from the Kubernetes, CSI and Velero documentation, on StatefulSets, volumes, snapshots and backups, tries each of them on a cluster, and
judges the recorded history. Each verdict comes with its evidence.</p>
<p>Here ${runs.length === 1 ? 'is' : 'are'} ${runsText(runs.length)} on ${counted(platforms.length, 'platforms')}, with the history of ${counted(guarantees, 'guarantees')}.</p>
${newest === undefined ? '' : markup`<p>Newest: <a href="${pageOf(newest)}">${startOf(newest)} UTC</a> on ${platformTitle(newest.platform)} <span class="badge ${newest.result}">${newest.result}</span> ${verdictCounts(newest)}.</p>`}`,
    body: markup`<section id="platforms">
<h2>Platforms</h2>
<p class="quiet">A platform is a CSI driver on a minor version of Kubernetes. The badge is that of its newest run.</p>
<table class="rows"><thead><tr><th scope="col">platform</th><th scope="col">newest run (UTC)</th><th scope="col">badge</th><th scope="col">runs</th></tr></thead><tbody>
${platforms.map(platformRow)}</tbody></table>
</section>
<section id="runs">
<h2>Runs by date</h2>
<table class="rows"><thead><tr><th scope="col">run (UTC)</th><th scope="col">platform</th><th scope="col">result</th><th scope="col">verdicts</th><th scope="col">duration</th><th scope="col">changes</th></tr></thead><tbody>
${runs.toReversed().map((run) => runRow(run, runs))}</tbody></table>
${verdictMeaningsHtml()}
</section>
${useHtml(platforms[0]?.platform.name)}`,
  })
}

function platformRow({ platform, runs }: ReturnType<typeof byPlatform>[number]): Markup {
  const newest = runs.at(-1)
  if (newest === undefined) return markup``
  return markup`<tr id="${platform.name}"><td><b>Kubernetes ${platform.minor}</b><br>${platform.driver}</td>
<td><a href="${pageOf(newest)}">${startOf(newest)}</a><br>${selectionOf(newest)}</td>
<td><div class="picture">${badgeSvg(badgeOf(newest))}</div></td>
<td>${runsText(runs.length)}</td></tr>
`
}

function runRow(run: SiteRun, runs: readonly SiteRun[]): Markup {
  const previous = runBefore(run, runs)
  const skipped = run.skipped === undefined ? '' : markup`<br><span class="quiet">${run.skipped} not selected</span>`
  return markup`<tr id="${run.name}"><td><a href="${pageOf(run)}">${startOf(run)}</a><br>${selectionOf(run)}</td>
<td>Kubernetes ${run.kubernetes}<br>${run.platform.driver}</td>
<td><span class="badge ${run.result}">${run.result}</span></td>
<td>${verdictCounts(run)}${skipped}</td>
<td class="number">${durationText(run.durationSeconds)}</td>
<td>${previous === undefined ? 'first on its platform' : markup`<a href="compare.html#${previous.name}..${run.name}">since ${startOf(previous)}</a>`}</td></tr>
`
}

function useHtml(platform: string | undefined): Markup {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Badge of the newest run', ['badges/newest.svg', 'badges/newest.json']],
    ...(platform === undefined ? [] : [['Badge of a platform', [`badges/${platform}.svg`, `badges/${platform}.json`]] as const]),
    ['All verdicts as data', ['verdicts.json']],
    ['This index as data', ['site.json']],
    ['Schema of report.json', ['conformance-report.schema.json']],
    ['Feed of runs (Atom)', ['feed.xml']],
  ]
  const links = (paths: readonly string[]) => paths.map((path, at) => markup`${at === 0 ? '' : ', '}<a href="${path}">${path}</a>`)
  return markup`<section id="use">
<h2>For other pages and programs</h2>
<dl class="facts">${rows.map(([name, paths]) => markup`<div><dt>${name}</dt><dd>${links(paths)}</dd></div>`)}</dl>
<p class="quiet">The JSON of a badge is what an endpoint badge of shields.io reads.</p>
</section>`
}

function pageOf({ name }: SiteRun): string {
  return `runs/${name}/index.html`
}
