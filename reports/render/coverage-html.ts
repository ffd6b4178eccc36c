import type { LedgerResult } from '../model/conformance-report.ts'
import { escapeMarkup } from './escape-markup.ts'
import { byArea, outcomes, outcomeText } from '../model/ledger.ts'
import { outcomeTones } from './outcome-tone.ts'

const tones = { good: '#1d7a44', wrong: '#1f5fa8', partial: '#6a3fa0', bad: '#c62b2b', unsure: '#9a6700', none: '#5b6672' } as const

/** How the coverage looks. */
export const coverageStyle = `.coverage td,.coverage th{padding:4px 10px 4px 0}.coverage td:not(:first-child){text-align:right}
.coverage details{margin:4px 0}.entry{border-left:4px solid;padding:2px 0 2px 12px;margin:10px 0}.entry small{color:#5b6672}`

/** The coverage as a page of its own. */
export function coveragePage(ledger: readonly LedgerResult[], title: string): string {
  const style = `body{font:14px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;color:#1c2733;margin:24px}table{border-collapse:collapse}td{border-top:1px solid #e3e8ee}th{text-align:left;color:#5b6672;font-weight:500}`
  const head = `<meta charset="utf-8"><title>${escapeMarkup(title)}</title><style>${style}\n${coverageStyle}</style>`
  return `<!DOCTYPE html><html><head>${head}</head><body>\n<h1>${escapeMarkup(title)}</h1>\n${coverageHtml(ledger)}\n</body></html>`
}

/** What became of every documented statement of the ledger: counts for each area, then the entries. Needs `coverageStyle`. */
export function coverageHtml(ledger: readonly LedgerResult[]): string {
  const areas = [...byArea(ledger)]
  const shown = outcomes.filter((outcome) => ledger.some((entry) => entry.outcome === outcome))
  const head = ['area', 'statements', ...shown].map((cell) => `<th>${cell}</th>`).join('')
  const rows = [...areas, ['All', ledger] as const].map(([area, entries]) => {
    const counts = shown.map((outcome) => entries.filter((entry) => entry.outcome === outcome).length)
    return `<tr>${[escapeMarkup(area), entries.length, ...counts].map((cell) => `<td>${cell === 0 ? '·' : cell}</td>`).join('')}</tr>`
  })
  const lists = areas.map(
    ([area, entries]) => `<details><summary>${escapeMarkup(area)}</summary>${entries.map(entryHtml).join('\n')}</details>`,
  )
  return `<div class="coverage"><table><tr>${head}</tr>${rows.join('')}</table>\n${lists.join('\n')}</div>`
}

function entryHtml(entry: LedgerResult): string {
  const { id, level, outcome, statement, documentation = [], documents = {}, guarantees } = entry
  const sections = Object.entries(documents).map(([title, names]) => `${title}: ${names.join(', ')}`)
  const links = documentation.map((url) => `<a href="${escapeMarkup(url)}">${escapeMarkup(url)}</a>`)
  return [
    `<div class="entry" style="border-color:${tones[outcomeTones[outcome]]}"><b style="color:${tones[outcomeTones[outcome]]}">${escapeMarkup(outcomeText(entry))}</b> <code>${escapeMarkup(id)}</code> ${level}`,
    `<br>${escapeMarkup(statement)}`,
    ...truths(entry).map(([name, text]) => `<br><small>${name}</small> ${escapeMarkup(text)}`),
    ...(guarantees.length === 0 ? [] : [`<br><small>checked by</small> ${escapeMarkup(guarantees.join(', '))}`]),
    ...(sections.length === 0 ? [] : [`<br><small>stated in ${escapeMarkup(sections.join('; '))}</small>`]),
    ...(links.length === 0 ? [] : [`<br><small>${links.join(' · ')}</small>`]),
    '</div>',
  ].join('')
}

function truths({ when, instead, reality, versions }: LedgerResult): readonly (readonly [string, string])[] {
  return [
    ...(when === undefined ? [] : [['condition', when] as const]),
    ...(instead === undefined ? [] : [['correct', instead] as const]),
    ['actual behaviour', reality],
    ...(versions === undefined ? [] : [['versions', versions] as const]),
  ]
}

/** For the page of a guarantee: what documents say beside what is true, of each entry that the guarantee checks. */
export function statedHtml(entries: readonly LedgerResult[]): string {
  if (entries.length === 0) return ''
  const small = 'style="color:var(--color-text-secondary,#5b6672)"'
  // Tables are the report's own here: they do not wrap.
  const row = (...cells: readonly string[]) =>
    `<div style="display:grid;grid-template-columns:5fr 6fr 3fr;gap:14px;border-top:1px solid #d5dde6;padding:6px 0">${cells.map((cell) => `<div>${cell}</div>`).join('')}</div>`
  const rows = entries.map((entry) => {
    const { id, outcome, statement, documents = {} } = entry
    const titles = Object.keys(documents).join(', ')
    const stated = `${escapeMarkup(statement)}${titles === '' ? '' : `<div><small ${small}>${escapeMarkup(titles)}</small></div>`}`
    const truth = truths(entry).map(([name, text]) => `<div><small ${small}>${name}</small> ${escapeMarkup(text)}</div>`)
    return row(
      stated,
      truth.join(''),
      `<b style="color:${tones[outcomeTones[outcome]]}">${escapeMarkup(outcomeText(entry))}</b><div><small ${small}>${escapeMarkup(id)}</small></div>`,
    )
  })
  const heads = ['Documents say', 'What is true', 'In this run'].map((title) => `<strong>${title}</strong>`)
  return `<div style="margin:0 0 14px">${row(...heads)}${rows.join('')}</div>`
}
