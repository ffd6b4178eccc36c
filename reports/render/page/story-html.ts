import { binarySize } from '../binary-size.ts'
import type { Chapter } from '../../model/conformance-report.ts'
import { type Markup, type MarkupValue, markup } from '../markup.ts'

const digest = /^(?:[a-z0-9]+:)?[0-9a-f]{32,128}$/

/** The story of a guarantee as numbered chapters, each with its times and facts; nothing when there is none. */
export function storyHtml(chapters: readonly Chapter[]): Markup {
  if (chapters.length === 0) return markup``
  const items = chapters.map((chapter, index) => chapterHtml(chapter, { number: index + 1, before: chapters.slice(0, index) }))
  return markup`<div class="story"><h4>The story</h4><ol>${items}</ol></div>`
}

interface Position {
  readonly number: number
  readonly before: readonly Chapter[]
}

function chapterHtml(chapter: Chapter, { number, before }: Position): Markup {
  const { heading, subject, text, facts, at, secondsSinceStart, secondsSincePrevious } = chapter
  const { kind, name, namespace } = subject
  const where = namespace === undefined ? '' : ` in ${namespace}`
  const sincePrevious = number === 1 ? '' : `, ${secondsText(secondsSincePrevious)} after chapter ${number - 1}`
  const rows = Object.entries(facts).map(
    ([fact, value]) =>
      markup`<tr><th scope="row">${fact}</th><td>${factHtml(fact, value)}${comparisonHtml(fact, { value, before })}</td></tr>`,
  )
  return markup`<li><span class="number">${number}</span><h5>${heading}</h5> <span class="quiet"><span title="${kind} ${name}${where}">${kind} ${name}</span> ·
<time datetime="${at}" title="${at}">${secondsText(secondsSinceStart)} after the start${sincePrevious}</time></span>
<p>${text}</p>${rows.length === 0 ? '' : markup`<table>${rows}</table>`}</li>
`
}

function factHtml(name: string, value: string | number): MarkupValue {
  if (typeof value === 'string') return digest.test(value) ? markup`<code class="digest" title="${value}">${value}</code>` : value
  const exact = numberText(value)
  if (/\bseconds?\b/i.test(name)) return `${exact} s`
  if (!/\bbytes?\b/i.test(name) || value < 1024) return exact
  return markup`${binarySize(value)} <span class="quiet">(${exact} bytes)</span>`
}

/** Whether an identity equals the one before: long ones cannot be compared by eye, and a restored object must have another. */
function comparisonHtml(
  name: string,
  { value, before }: { readonly value: string | number; readonly before: readonly Chapter[] },
): MarkupValue {
  if (typeof value !== 'string') return ''
  const same = before.findIndex(({ facts }) => facts[name] === value || (digest.test(value) && Object.values(facts).includes(value)))
  if (same !== -1) return markup` <span class="like quiet">the same as in chapter ${same + 1}</span>`
  const other = before.findLastIndex(({ facts }) => typeof facts[name] === 'string')
  return other === -1 ? '' : markup` <span class="like">differs from chapter ${other + 1}</span>`
}

function secondsText(seconds: number): string {
  return `${seconds.toFixed(1)} s`
}

function numberText(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3 })
}
