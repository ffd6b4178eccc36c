import type { LedgerResult } from '../../model/ledger-results.ts'
import { type Markup, markup } from '../markup.ts'
import { checkLink, joined, outcomeHtml, sourceLink } from './statements.ts'

const shownOutcome = 'does not hold (documented wrongly, shown)'

/**
 * Every statement that documents make and that is not true: what is stated and where, what is true and by which source, and whether this
 * run showed it. What it showed comes first. Undefined where there is none.
 */
export function wrongHtml(ledger: readonly LedgerResult[]): Markup | undefined {
  const wrong = ledger.filter(({ verdict }) => verdict === 'refuted')
  if (wrong.length === 0) return undefined
  const shown = wrong.filter(({ outcome }) => outcome === shownOutcome)
  const others = wrong.filter(({ outcome }) => outcome !== shownOutcome)
  return markup`<p>${wrong.length} statements of documents are wrong: ${shown.length} of them were shown to be in this run, ${others.length} are only asserted here.
What is stated is told in our own words, with the titles of the documents and the sections that state it; the ledger keeps no quotation of them, no address and no date.</p>
${shown.length === 0 ? '' : tableHtml('Shown in this run', shown)}
${others.length === 0 ? '' : tableHtml('Asserted, not shown in this run', others)}`
}

function tableHtml(title: string, entries: readonly LedgerResult[]): Markup {
  const rows = entries.map((entry) => {
    const { id, statement, instead, reality, documents = {}, documentation = [], guarantees } = entry
    const sections = Object.entries(documents).map(([document, names]) => markup`<br><small>${document}: ${names.join(', ')}</small>`)
    const judges = entry.outcome === shownOutcome ? [...new Set(judgesOf(entry))] : guarantees
    return markup`<tr><td>${statement} <a href="#${id}"><code>${id}</code></a>${sections}</td>
<td>${instead ?? reality}${documentation.map((url) => markup`<br><small>${sourceLink(url)}</small>`)}</td>
<td>${outcomeHtml(entry)}${judges.length === 0 ? '' : markup`<br>${joined(judges.map(checkLink), ', ')}`}</td></tr>
`
  })
  return markup`<h3>${title}: ${entries.length}</h3>
<table class="rows stated"><thead><tr><th>stated, and where</th><th>true, and by which source</th><th>in this run</th></tr></thead><tbody>
${rows}</tbody></table>`
}

/** The checks whose judgements showed it; all of them where the run had no clauses. */
function judgesOf({ clauses = [], guarantees }: LedgerResult): readonly string[] {
  const judges = clauses.flatMap(({ judgements }) => judgements.map(({ guarantee }) => guarantee))
  return judges.length === 0 ? guarantees : judges
}
