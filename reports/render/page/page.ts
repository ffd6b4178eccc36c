import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { timelinesFile } from '../../model/published-run.ts'
import { coverageFilter } from './coverage-filter.ts'
import { headline } from '../headline.ts'
import { htmlDocument } from '../html-document.ts'
import { type Markup, markup } from '../markup.ts'
import { checkSections } from './check.ts'
import { environmentHtml } from './environment.ts'
import { failuresHtml } from './failures.ts'
import { knownFailuresHtml } from './known-failures.ts'
import { platformHtml } from './platform.ts'
import { checksHtml, controlsHtml, findingsHtml, leaksHtml, resultHtml, skippedHtml } from './overview.ts'
import { statementsHtml } from './statements.ts'
import { reproduceHtml } from './reproduce.ts'
import { wrongHtml } from './wrong.ts'
import { pageStyle } from './style.ts'
import { timelinesHtml } from './timelines.ts'
import { upgradeHtml } from './upgrade.ts'

/** Renders a report and its evidence as `index.html` and `timelines.html` in the run directory. Returns the path of the former. */
export async function writeHtml(report: ConformanceReport, runDirectory: string, options: PageOptions = {}): Promise<string> {
  const path = join(runDirectory, 'index.html')
  await writeFile(join(runDirectory, timelinesFile), await timelinesHtml(report, { runDirectory, byDigest: new Set() }))
  await writeFile(path, await pageHtml(report, runDirectory, options))
  return path
}

/** Options of a page. */
export interface PageOptions {
  /** Ids of the checks whose evidence will not be beside the page: their digests stand in its place. */
  readonly byDigest?: ReadonlySet<string>
  /** What earlier runs came to, and how that is drawn; undefined where none were named. */
  readonly trend?: { readonly body: Markup; readonly style: Markup } | undefined
}

/**
 * The page of a run as one file: it loads nothing, needs no scripts, although a small one narrows the statements, prints whole, and links
 * to the evidence files beside it. Every check, every judgement and every statement can be linked to by its id.
 */
export async function pageHtml(
  report: ConformanceReport,
  runDirectory: string,
  { byDigest = new Set(), trend }: PageOptions = {},
): Promise<string> {
  const { run, ledger, skipped, sensitivity = [], knownFailures, upgrade } = report
  const leaks = leaksHtml(report)
  const findings = findingsHtml(report)
  const wrong = ledger && wrongHtml(ledger)
  const platform = report.cluster.platform && platformHtml(report.cluster.platform)
  const failures = failuresHtml(report)
  const parts = [
    ...(failures === undefined ? [] : [{ id: 'failures', title: 'What did not pass, by cause', body: failures }]),
    { id: 'checks', title: 'Checks', body: checksHtml(report) },
    ...(trend === undefined ? [] : [{ id: 'trend', title: 'Earlier runs', body: trend.body }]),
    ...(upgrade === undefined ? [] : [{ id: 'upgrade', title: 'Upgrade', body: upgradeHtml(upgrade) }]),
    ...(knownFailures === undefined ? [] : [{ id: 'known-failures', title: 'Known failures', body: knownFailuresHtml(knownFailures) }]),
    ...(leaks === undefined ? [] : [{ id: 'leaks', title: 'Storage left behind', body: leaks }]),
    ...(findings === undefined ? [] : [{ id: 'findings', title: 'Findings', body: findings }]),
    ...(skipped.length === 0 ? [] : [{ id: 'not-run', title: 'Checks that were not selected', body: skippedHtml(skipped) }]),
    ...(sensitivity.length === 0 ? [] : [{ id: 'controls', title: 'Controls', body: controlsHtml(sensitivity) }]),
    ...(platform === undefined ? [] : [{ id: 'platform', title: 'What the cluster can do', body: platform }]),
    { id: 'environment', title: 'Cluster and run', body: environmentHtml(report, byDigest) },
    ...(wrong === undefined ? [] : [{ id: 'documented-wrongly', title: 'Documented wrongly', body: wrong }]),
    ...(ledger === undefined ? [] : [{ id: 'statements', title: 'Documented statements', body: statementsHtml(ledger) }]),
    { id: 'each-check', title: 'Each check', body: markup`${howToRead}${await checkSections(report, { runDirectory, byDigest })}` },
  ]
  return htmlDocument({
    title: `Holdfast ${run.id}: ${report.result}, ${headline(report)}`,
    style: markup`${pageStyle}${trend?.style}`,
    ...(ledger !== undefined && { program: { code: coverageFilter } }),
    body: markup`<main>
${resultHtml(report, byDigest)}
${reproduceHtml(report, runDirectory)}<nav aria-label="Contents"><ul>${parts.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${parts.map(partHtml)}
</main>`,
  })
}

const howToRead = markup`<p>Beside each judgement stand the lines of the check's history.jsonl that decided it, by number, with what they say; a line that several rest on is linked once: rv is the resourceVersion that the API server gave, by which it orders changes; uid tells an object from another of its name. Seconds count from the first line.
Commands are given in the folder of the check's evidence; they need sed, jq and sha256sum. That the evidence is as it was listed shows <kbd>sha256sum -c SHA256SUMS</kbd></p>
`

function partHtml({ id, title, body }: { readonly id: string; readonly title: string; readonly body: Markup }): Markup {
  return markup`<section class="part" id="${id}">
<h2>${title}</h2>
${body}
</section>
`
}
