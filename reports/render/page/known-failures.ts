import { breaksGate, knownFailuresFile, type KnownFailuresSection, type ReportedEntry } from '../../known-failures/section.ts'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { gateMeaning } from '../headline.ts'
import { type Markup, markup, type MarkupValue, webLink } from '../markup.ts'

/** What the gate makes of the result by the known failures; nothing where none were given. */
export function gateHtml(report: ConformanceReport): Markup {
  const { knownFailures } = report
  if (knownFailures === undefined) return markup``
  const { gate } = knownFailures
  return markup`<p>Gate: <span class="badge ${gate}">${gate}</span> ${gateMeaning(report)}. <a href="#known-failures">Known failures</a></p>
`
}

/** Every entry of the file of known failures, and what became of it: what breaks the gate first. */
export function knownFailuresHtml({ entries, sha256 }: KnownFailuresSection): Markup {
  const sorted = [...entries.filter(breaksGate), ...entries.filter((entry) => !breaksGate(entry))]
  const rows = sorted.map(
    (entry) => markup`<tr><td>${outcomeBadge(entry)}</td>
<td><a href="#${entry.guarantee}"><b>${entry.guarantee}</b></a><br>${entry.says}${linesHtml(listed(entry))}</td>
<td>${entry.why}${linesHtml(accepted(entry))}</td></tr>
`,
  )
  const source = markup`<a href="${knownFailuresFile}">${knownFailuresFile}</a> with the SHA-256 <code class="digest" title="${sha256}">${sha256}</code>`
  return markup`<p>They change no verdict. The exit code counts each that is known as Passed. One that expired, passes again or matches nothing breaks the gate. They are from ${source}</p>
${
  entries.length === 0
    ? markup`<p>The file lists nothing.</p>`
    : markup`<table class="rows"><thead><tr><th>outcome</th><th>what is listed</th><th>why it is accepted</th></tr></thead><tbody>
${rows}</tbody></table>`
}`
}

/** That a failure is known, below its verdict. */
export function knownHtml(entry: ReportedEntry | undefined): Markup {
  if (entry === undefined) return markup``
  return markup`<b>Known</b> until <span class="whole">${entry.expires}</span>: ${entry.why} <span class="quiet">(${entry.owner}, ${webLink(entry.link)})</span>`
}

function outcomeBadge(entry: ReportedEntry): Markup {
  if (breaksGate(entry)) return markup`<span class="badge Failed">${entry.outcome}</span>`
  return entry.outcome === 'known' ? markup`<span class="badge">known</span>` : markup`<span class="quiet">${entry.outcome}</span>`
}

/** What an entry is about, beside its guarantee. */
function listed({ line, verdict, reason, when = {} }: ReportedEntry): readonly NamedLine[] {
  const conditions = Object.entries(when).map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
  return [
    ['Listed on line', `${line}, as ${verdict}`],
    ...(reason === undefined ? [] : [['Cause', markup`<code>${reason}</code>`] as const]),
    ...(conditions.length === 0 ? [] : [['Only on', conditions.join('; ')] as const]),
  ]
}

function accepted({ link, owner, expires }: ReportedEntry): readonly NamedLine[] {
  return [
    ['Owner', owner],
    ['Link', webLink(link)],
    ['Until', markup`<span class="whole">${expires}</span>`],
  ]
}

type NamedLine = readonly [name: string, value: MarkupValue]

function linesHtml(lines: readonly NamedLine[]): readonly Markup[] {
  return lines.map(([name, value]) => markup`<br><span class="quiet">${name}:</span> ${value}`)
}
