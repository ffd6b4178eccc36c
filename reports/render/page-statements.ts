import type { ClauseResult } from '../model/clauses.ts'
import { type Outcome, outcomes } from '../model/entry-outcome.ts'
import { byArea } from '../model/ledger.ts'
import type { LedgerResult } from '../model/ledger-results.ts'
import { type Markup, markup, webLink } from './markup.ts'
import { outcomeTones } from './outcome-tone.ts'

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
    return markup`<tr><th scope="row">${name}</th>${[entries.length, ...counts].map((count) => markup`<td>${count === 0 ? '·' : count}</td>`)}</tr>
`
  })
  const lists = areas.map(
    ([area, entries], index) => markup`<h3 id="area-${index + 1}">${area}</h3>
${entries.map(entryHtml)}`,
  )
  return markup`<p>A statement is what documents claim, in our own words. Next to it is what this run showed about it as written.
Below it are its clauses: what each states, what became of it, and the judgements that decided it, by label, with the entries of the history that they looked at.</p>
<div class="wide"><table class="counts"><thead><tr><th>area</th><th>statements</th>${seen.map((outcome) => markup`<th>${outcome}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>
<h3>What the words mean</h3>
<dl class="facts">${seen.map((outcome) => markup`<div><dt><b class="tone ${outcomeTones[outcome]}">${outcome}</b></dt><dd>${meanings[outcome]}</dd></div>`)}</dl>
${lists}`
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
  const sections = Object.entries(documents).map(([title, names]) => `${title}: ${names.join(', ')}`)
  return markup`<article class="entry ${outcomeTones[outcome]}" id="${id}">
<p><a class="anchor" href="#${id}"><code>${id}</code></a> ${level} · ${outcomeHtml(entry)}</p>
<p class="sentence">${statement}</p>
<dl>${truths(entry).map(([name, text]) => markup`<div><dt>${name}</dt><dd>${text}</dd></div>`)}
${guarantees.length === 0 ? '' : markup`<div><dt>checked by</dt><dd>${joined(guarantees.map(checkLink), ', ')}</dd></div>`}
${sections.length === 0 ? '' : markup`<div><dt>stated in</dt><dd>${sections.join('; ')}</dd></div>`}
${
  documentation.length === 0
    ? ''
    : markup`<div><dt>documentation</dt><dd>${joined(
        documentation.map((url) => webLink(url)),
        ' · ',
      )}</dd></div>`
}</dl>
${clauses.length === 0 ? '' : clausesHtml(clauses)}
</article>
`
}

/** The clauses of a statement: what became of each, by which judgement, over which entries of its history. */
function clausesHtml(clauses: readonly ClauseResult[]): Markup {
  const rows = clauses.map(({ key, branch, states, outcome, why, judgements }) => {
    const judged = [...Map.groupBy(judgements, ({ guarantee }) => guarantee)].map(([guarantee, some]) => {
      const labels = some.map(({ label, entries: [from, until] }) => markup`${label} ${from}–${until}`)
      return markup`<div>${checkLink(guarantee)}: ${joined(labels, ', ')}</div>`
    })
    return markup`<tr><td><code>${key}</code> ${branch === undefined ? '' : markup`<span class="quiet">condition ${branch}:</span> `}${states}</td>
<td${clauseTones[outcome] === '' ? '' : markup` class="tone ${clauseTones[outcome]}"`}>${outcome}${why === undefined ? '' : `: ${why}`}</td><td>${judged}</td></tr>
`
  })
  return markup`<table class="rows clauses"><tbody>${rows}</tbody></table>`
}

const clauseTones: Readonly<Record<ClauseResult['outcome'], string>> = {
  upheld: 'Passed',
  violated: 'Failed',
  'not settled': 'Inconclusive',
  'not run': '',
  'nobody can decide it': '',
  'no judgement yet': '',
}

function checkLink(id: string): Markup {
  return markup`<a href="#${id}">${id}</a>`
}

function joined(parts: readonly Markup[], separator: string): Markup {
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

/** For the section of a check: what documents say beside what is so, of each statement that it checks. */
export function statedHtml(entries: readonly LedgerResult[]): Markup {
  if (entries.length === 0) return markup``
  const rows = entries.map((entry) => {
    const { id, statement, documents = {} } = entry
    const titles = Object.keys(documents).join(', ')
    return markup`<tr><td>${statement}${titles === '' ? '' : markup`<br><span class="quiet">${titles}</span>`}</td>
<td>${truths(entry).map(([name, text]) => markup`<div><span class="quiet">${name}</span> ${text}</div>`)}</td>
<td>${outcomeHtml(entry)}<br><a href="#${id}"><code>${id}</code></a></td></tr>
`
  })
  return markup`<table class="rows stated"><thead><tr><th>documented</th><th>actual</th><th>in this run</th></tr></thead><tbody>${rows}</tbody></table>`
}
