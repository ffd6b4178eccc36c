import { type Outcome, outcomes } from '../../model/entry-outcome.ts'
import { byArea } from '../../model/ledger.ts'
import type { LedgerResult } from '../../model/ledger-results.ts'
import { filterHtml } from './coverage-filter.ts'
import { type Markup, markup, webLink } from '../markup.ts'
import { outcomeTones } from './outcome-tone.ts'
import { clausesHtml } from './clauses.ts'

/** What became of a statement as a coloured phrase, with the reason where there is one. */
export function outcomeHtml({ outcome, why }: Pick<LedgerResult, 'outcome' | 'why'>): Markup {
  return markup`<b class="tone ${outcomeTones[outcome]}">${outcome}</b>${why === undefined ? '' : markup`: ${why}`}`
}

/** What became of every documented statement: counts for each area, then the statements. */
export function statementsHtml(ledger: readonly LedgerResult[]): Markup {
  const areas = [...byArea(ledger)]
  const seen = outcomes.filter((outcome) => ledger.some((entry) => entry.outcome === outcome))
  const rows = [...areas, ['All', ledger] as const].map(([area, entries], index) => {
    const counts = seen.map((outcome) => entries.filter((entry) => entry.outcome === outcome).length)
    const name = index === areas.length ? markup`<b>${area}</b>` : markup`<a href="#area-${index + 1}">${area}</a>`
    return markup`<tr><th scope="row">${name}</th>${[entries.length, ...counts].map((count) => markup`<td>${count === 0 ? '·' : count}`)}
`
  })
  const lists = areas.map(
    ([area, entries], index) => markup`<tbody><tr class="area"><th colspan="4" scope="rowgroup" id="area-${index + 1}">${area}</th></tr>
${entries.map(entryHtml)}</tbody>`,
  )
  const documents = [...new Set(ledger.flatMap((entry) => Object.keys(entry.documents ?? {})))].toSorted()
  return markup`<p>A statement is what documents claim, in our own words. Beside it is what this run showed about it as written.
Below it are its clauses: what each states, what became of it, and the judgements that decided it, by label.</p>
<div class="wide" tabindex="0" role="group" aria-label="Statements by area and outcome"><table class="counts"><thead><tr><th scope="col">area</th><th scope="col">statements</th>${seen.map((outcome) => markup`<th scope="col">${outcome}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>
<h3>What the words mean</h3>
<dl class="facts">${seen.map((outcome) => markup`<div><dt><b class="tone ${outcomeTones[outcome]}">${outcome}</b></dt><dd>${meanings[outcome]}</dd></div>`)}</dl>
<h3>All statements</h3>
${filterHtml({ areas: areas.map(([area]) => area), outcomes: seen, documents })}
<table class="rows coverage"><thead><tr><th>statement</th><th>level</th><th>outcome in this run</th><th>stated in</th></tr></thead>
${lists}</table>`
}

const meanings: Readonly<Record<Outcome, string>> = {
  holds: 'The ledger expects it to hold as written; each of its clauses was judged and upheld.',
  'does not hold (documented wrongly, shown)': 'Kubernetes behaves differently; each clause of the actual behaviour was upheld.',
  'condition met: holds; not met: does not': 'It holds under a condition; both were shown, that it does and that it does not without.',
  'condition met: holds': 'It was shown where its condition is met. What happens where it is not, this run did not show.',
  'condition not met: does not hold':
    'It was shown not to hold where its condition is not met. That it holds under it, this run did not show.',
  'partly proven': 'Some of its clauses were upheld; the others were not judged, or nobody can decide them.',
  'shown in part: conditional': 'It holds under a condition. Its checks Passed for the conditions that they cover; others were not tested.',
  'a check Failed': 'This cluster behaves differently from what the ledger expects.',
  'not settled': 'Some of its checks did not run, or were Inconclusive.',
  'does not hold (asserted, not shown in this run)': 'The ledger lists it as wrong; this run did not show it.',
  'not run': 'It has checks, and none of them ran.',
  'not testable': 'No check on a kind cluster can show it.',
  'no check yet': 'Nobody has written a check for it.',
}

function entryHtml(entry: LedgerResult): Markup {
  const { id, level, outcome, statement, documentation = [], documents = {}, guarantees, clauses = [] } = entry
  const sections = Object.entries(documents).map(([title, names]) => markup`${title}: ${names.join(', ')}<br>`)
  return markup`<tr class="entry ${outcomeTones[outcome]}" id="${id}"><td><a class="anchor" href="#${id}"><code>${id}</code></a>
<p class="sentence">${statement}
<dl>${truths(entry).map(([name, text]) => markup`<dt>${name}<dd>${text}`)}
${guarantees.length === 0 ? '' : markup`<dt>checked by<dd>${joined(guarantees.map(checkLink), ', ')}`}
${documentation.length === 0 ? '' : markup`<dt>documentation<dd>${joined(documentation.map(sourceLink), ' · ')}`}</dl>
${clausesHtml(clauses)}<td>${level}<td>${outcomeHtml(entry)}<td>${sections}
`
}

/** A link to a source by its site, page and section; print adds the address. */
export function sourceLink(url: string): Markup {
  const { host = '', pathname = '', hash = '' } = URL.parse(url) ?? {}
  const page = pathname.split('/').findLast((part) => part !== '')
  return webLink(url, host === '' || page === undefined ? url : `${host}: ${page}${hash}`)
}

/** A link to a check. */
export function checkLink(id: string): Markup {
  return markup`<a href="#${id}">${id}</a>`
}

/** Parts with a separator between them. */
export function joined(parts: readonly Markup[], separator: string): Markup {
  return markup`${parts.map((part, index) => markup`${index === 0 ? '' : separator}${part}`)}`
}

const shown = new Set<Outcome>([
  'holds',
  'does not hold (documented wrongly, shown)',
  'condition met: holds; not met: does not',
  'condition met: holds',
  'condition not met: does not hold',
  'shown in part: conditional',
])

/** What the ledger knows of a statement; what this run did not show of it is said to be so only. */
function truths({ outcome, when, instead, reality, versions }: LedgerResult): readonly (readonly [string, string])[] {
  const asserted = shown.has(outcome) ? '' : ' (asserted)'
  return [
    ...(when === undefined ? [] : [['condition', when] as const]),
    ...(instead === undefined ? [] : [[`correct${asserted}`, instead] as const]),
    [`actual behaviour${asserted}`, reality],
    ...(versions === undefined ? [] : [['versions', versions] as const]),
  ]
}

/** For the section of a check: the statements that it checks, and what became of each. */
export function statedHtml(entries: readonly LedgerResult[]): Markup {
  if (entries.length === 0) return markup``
  const items = entries.map((entry) => {
    const { id, outcome } = entry
    return markup`<li><a href="#${id}">${id}</a> <span class="tone ${outcomeTones[outcome]}">${outcome}</span>
`
  })
  return markup`<h4>Documented statements that it checks</h4><ul>${items}</ul>`
}
