import { counted } from '../../contract/counted.ts'
import { durationRule } from '../compare/duration-rule.ts'
import { type Markup, markup } from '../render/markup.ts'
import { compareProgram } from './compare-program.ts'
import { platformTitle, runTitle } from './run-words.ts'
import { byPlatform, runBefore, type SiteRun } from './site-run.ts'
import { sitePage } from './site-page.ts'
import { type ComparedVerdict, type VerdictChanges, verdictChanges } from './verdict-changes.ts'
import type { VerdictTable } from './verdict-table.ts'

/**
 * The page that compares runs. A small program compares any two of them in the browser; without it the page has the neighbours: each run
 * with the one before on its platform, and each platform with the next lower Kubernetes of its driver.
 */
export function comparePage(runs: readonly SiteRun[], table: VerdictTable): string {
  const pairs = neighbours(runs)
  const [from, to] = pairs.at(-1) ?? [runs.length - 2, runs.length - 1]
  return sitePage({
    title: 'Holdfast: compare two runs',
    root: '',
    header: markup`<h1>Compare two runs</h1>
<p>What came out otherwise, what only one of the runs selected, and what took longer or shorter by more than the noise.</p>`,
    body: markup`<section id="choice">
<h2>Any two runs</h2>
<noscript><p>Choosing two runs takes scripts. The neighbours below are compared without.</p></noscript>
<div class="choice" hidden>${choice('before', runs, from)}${choice('after', runs, to)}</div>
<div id="changes" aria-live="polite"></div>
</section>
<section id="neighbours">
<h2>Neighbours</h2>
<p class="quiet">Each run with the one before on its platform, of the same profile where there is one, and each platform with the next lower Kubernetes of the same driver; the newest first.</p>
${pairs.length === 0 ? markup`<p>No two runs are neighbours yet.</p>` : pairs.toReversed().map((pair) => neighbourHtml(pair, { runs, table }))}
</section>`,
    program: { code: compareProgram(), data: table },
  })
}

function choice(name: string, runs: readonly SiteRun[], chosen: number): Markup {
  const options = runs.map(
    (run, at) => markup`<option value="${run.name}"${at === chosen ? markup` selected` : ''}>${runTitle(run)}</option>
`,
  )
  return markup`<label for="${name}">${name}</label><select id="${name}">${options.toReversed()}</select>`
}

/** Places of the runs that are neighbours, in order of the later one. */
function neighbours(runs: readonly SiteRun[]): readonly (readonly [number, number])[] {
  const platforms = byPlatform(runs)
  const onPlatforms = runs.map((run) => [runBefore(run, runs), run] as const)
  const acrossMinors = platforms.map(({ platform, runs: some }, at) => {
    const lower = platforms.slice(at + 1).find((other) => other.platform.driver === platform.driver)
    return [lower?.runs.at(-1), some.at(-1)] as const
  })
  const places = [...onPlatforms, ...acrossMinors].flatMap(([before, after]) =>
    before === undefined || after === undefined ? [] : [[runs.indexOf(before), runs.indexOf(after)] as const],
  )
  return places.toSorted((one, other) => one[1] - other[1] || one[0] - other[0])
}

function neighbourHtml(
  pair: readonly [number, number],
  { runs, table }: { readonly runs: readonly SiteRun[]; readonly table: VerdictTable },
): Markup {
  const [before, after] = [runs[pair[0]], runs[pair[1]]]
  if (before === undefined || after === undefined) return markup``
  const changes = verdictChanges(table, pair, durationRule)
  const of = (run: SiteRun) => platformTitle({ ...run.platform, minor: run.kubernetes })
  const heading = before.platform.name === after.platform.name ? of(after) : `${of(before)}, then Kubernetes ${after.kubernetes}`
  return markup`<section class="check" id="${before.name}..${after.name}">
<h3>${heading}: ${counted(changes.verdicts.length, 'changed verdicts')}</h3>
<dl><div><dt>before</dt><dd><a href="runs/${before.name}/index.html">${runTitle(before)}</a></dd></div>
<div><dt>after</dt><dd><a href="runs/${after.name}/index.html">${runTitle(after)}</a></dd></div></dl>
${changesHtml(changes)}
</section>
`
}

function changesHtml({ summary, verdicts, durations, onlyBefore, onlyAfter }: VerdictChanges): Markup {
  const verdictRows = rowsHtml(verdicts.map(({ id, before, after }) => [id, verdictHtml(before), verdictHtml(after)]))
  const timeRows = rowsHtml(durations.changes.map(({ id, before, after }) => [id, markup`${before}`, markup`${after}`]))
  return markup`<p>${summary}</p>
${verdicts.length === 0 ? '' : verdictRows}
${folded('Another duration', durations.changes.length, timeRows)}
${folded('Only before', onlyBefore.length, idsHtml(onlyBefore))}
${folded('Only after', onlyAfter.length, idsHtml(onlyAfter))}
<p class="quiet">Durations: ${durations.rule}</p>`
}

function folded(title: string, count: number, body: Markup): Markup {
  return count === 0 ? markup`` : markup`<details><summary>${title}: ${count}</summary>${body}</details>`
}

function rowsHtml(rows: readonly (readonly [string, Markup, Markup])[]): Markup {
  const lines = rows.map(
    ([id, before, after]) => markup`<tr><td>${guaranteeLink(id)}</td><td>${before}</td><td>${after}</td></tr>
`,
  )
  return markup`<table class="rows"><thead><tr><th scope="col">guarantee</th><th scope="col">before</th><th scope="col">after</th></tr></thead><tbody>${lines}</tbody></table>`
}

function verdictHtml({ verdict, text }: ComparedVerdict): Markup {
  return markup`<span class="badge ${verdict}">${verdict}</span> ${text}`
}

function idsHtml(ids: readonly string[]): Markup {
  return markup`<p>${ids.map((id, at) => markup`${at === 0 ? '' : ', '}${guaranteeLink(id)}`)}</p>`
}

function guaranteeLink(id: string): Markup {
  return markup`<a href="guarantees/${id.split('/')[0]}.html#${id}">${id}</a>`
}
