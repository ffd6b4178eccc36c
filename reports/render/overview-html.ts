import type { ConformanceReport } from '../model/conformance-report.ts'
import { coverageHtml, coverageStyle } from './coverage-html.ts'
import { escapeMarkup } from './escape-markup.ts'
import { headline, resultMeaning, skippedByReason, statementsLine } from './headline.ts'
import { secondsOf } from '../model/seconds.ts'
import { workOf, workFigures } from '../model/work.ts'
import { verdictsInOrder } from './summary.ts'

const colours = { Passed: '#1d7a44', Failed: '#c62b2b', Inconclusive: '#9a6700', NotSupported: '#5b6672' } as const
const results = { success: colours.Passed, failure: colours.Failed, partial: colours.Inconclusive } as const

/** One page that shows the whole of a report: result, counts, guarantees, controls, cluster, images. */
export function overviewHtml(report: ConformanceReport): string {
  const head = `<meta charset="utf-8"><title>Holdfast ${escapeMarkup(report.run.id)}</title><style>${overviewStyle}</style>`
  return `<!DOCTYPE html><html><head>${head}</head><body>\n${overviewBody(report)}\n</body></html>`
}

/** What stands in the body of the overview. Needs `overviewStyle`. */
export function overviewBody(report: ConformanceReport): string {
  const { result, totals, run, cluster, guarantees, sensitivity = [] } = report
  const tiles = (['Passed', 'Failed', 'Inconclusive', 'NotSupported'] as const).map(
    (verdict) =>
      `<div class="tile" style="border-color:${colours[verdict]}"><b style="color:${colours[verdict]}">${totals[verdict]}</b>${verdict}</div>`,
  )
  const sorted = verdictsInOrder.flatMap((verdict) => guarantees.filter((guarantee) => guarantee.verdict === verdict))
  const rows = sorted.map((guarantee) => [
    `<b style="color:${colours[guarantee.verdict]}">${guarantee.verdict}</b>`,
    `<b>${escapeMarkup(guarantee.id)}</b><br>${escapeMarkup(guarantee.statement)}${firstReason(guarantee)}`,
    `<a href="${escapeMarkup(guarantee.source)}">${guarantee.level}</a>`,
    `${secondsOf(guarantee).toFixed(1)} s`,
    `${guarantee.requests ?? ''}${guarantee.throttled === undefined ? '' : ` (${guarantee.throttled} throttled)`}`,
  ])
  const controls = sensitivity.map((row) => [
    row.killed ? `<b style="color:${colours.Passed}">noticed</b>` : `<b style="color:${colours.Failed}">not noticed</b>`,
    escapeMarkup(row.mutant),
    escapeMarkup(row.guarantee),
    `${row.verdict}: ${escapeMarkup(row.reason)}`,
  ])
  const work = workOf(report, { slowest: 10 })
  return [
    `<h1><span class="badge" style="background:${results[result]}">${result}</span> ${escapeMarkup(headline(report))}</h1>`,
    ...[resultMeaning(report), statementsLine(report), ...skippedByReason(report)].map((line) => `<p>${escapeMarkup(line ?? '')}</p>`),
    `<div class="tiles">${tiles.join('')}</div>`,
    '<h2>Guarantees</h2>',
    table(['verdict', 'documented sentence', 'level', 'time', 'requests'], rows),
    ...(work === undefined ? [] : [`<p>${escapeMarkup(workFigures(work).join(', '))}</p>`]),
    ...(controls.length === 0
      ? []
      : ['<h2>Controls: each guarantee against a cluster that breaks it</h2>', table(['', 'mutant', 'guarantee', 'verdict'], controls)]),
    ...(report.ledger === undefined ? [] : ['<h2>Documented statements</h2>', coverageHtml(report.ledger)]),
    '<h2>Cluster</h2>',
    table(
      ['component', 'version'],
      Object.entries(cluster.versions).map((pair) => pair.map(escapeMarkup)),
    ),
    `<p>${escapeMarkup(`${cluster.name}, profile ${cluster.profile}: ${cluster.nodes.map(({ name, zone }) => `${name} (${zone})`).join(', ')}`)}</p>`,
    `<p>Features: ${escapeMarkup(cluster.features.join(', '))}</p>`,
    ...applicationsHtml(cluster),
    '<h2>Images</h2>',
    table(
      ['image', 'from', 'digest in the registry, or id in the local engine'],
      cluster.images.map((image) => [escapeMarkup(image.reference), image.from, identityOf(image)]),
    ),
    `<p>${escapeMarkup(`Run ${run.id}: ${run.command}, ${run.profile === undefined ? '' : `profile ${run.profile}, `}${run.startedAt} to ${run.endedAt}, Holdfast ${run.holdfastVersion}, commit ${run.commit}`)}</p>`,
  ].join('\n')
}

/** How the overview looks. */
export const overviewStyle = `body{font:14px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;color:#1c2733;background:#fff;margin:24px}
h1{font-size:20px}h2{font-size:15px;margin:24px 0 8px}.badge{color:#fff;border-radius:4px;padding:3px 12px}
.tiles{display:flex;gap:12px}.tile{border:1px solid;border-radius:6px;padding:8px 18px;text-align:center}.tile b{display:block;font-size:24px}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid #e3e8ee}
th{color:#5b6672;font-weight:500}td code{overflow-wrap:anywhere}td:first-child,td:has(a){white-space:nowrap}td:last-child{min-width:4em}
${coverageStyle}`

/** What suites run as applications, each with the image it is. */
/** What tells an image from another one of the same tag. */
function identityOf({ digest, imageId }: ConformanceReport['cluster']['images'][number]): string {
  if (digest === undefined && imageId === undefined) return ''
  return `<code>${escapeMarkup(digest ?? `image id ${imageId ?? ''}`)}</code>`
}

function applicationsHtml({ applicationImages = {}, images }: ConformanceReport['cluster']): string[] {
  const rows = Object.entries(applicationImages).map(([application, reference]) => {
    const image = images.find((known) => known.reference === reference)
    return [escapeMarkup(application), escapeMarkup(reference), image?.from ?? '', image === undefined ? '' : identityOf(image)]
  })
  return rows.length === 0 ? [] : ['<h2>Applications that suites run</h2>', table(['application', 'image', 'from', 'digest'], rows)]
}

function firstReason({ verdict, reasons }: ConformanceReport['guarantees'][number]): string {
  const reason = reasons[0]?.summary.split('\n')[0]
  return verdict === 'Passed' || reason === undefined ? '' : `<br><span style="color:${colours[verdict]}">${escapeMarkup(reason)}</span>`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: 'td' | 'th', row: readonly string[]) => `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  return `<table>${cells('th', head)}${rows.map((row) => cells('td', row)).join('')}</table>`
}
