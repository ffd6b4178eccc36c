import { binarySize } from './binary-size.ts'
import type { Chapter } from '../model/conformance-report.ts'
import { escapeMarkup } from './escape-markup.ts'

const digest = /^(?:[a-z0-9]+:)?[0-9a-f]{32,128}$/

/**
 * How a story looks. Its colours are those of the page around it, where that has a light and a dark theme. A digest is cut to its
 * beginning by style alone: one click selects the whole of it to be copied, and it is printed whole.
 */
export const storyStyle = `.story{margin:14px 0 16px}.story h2{font-size:15px;margin:0 0 10px}
.story ol{list-style:none!important;margin:0;padding:0}.story li{position:relative;margin:0;padding:0 0 14px 38px}
.story li:before{content:"";position:absolute;left:12px;top:24px;bottom:-2px;border-left:2px solid var(--color-border-default,#d5dde6)}
.story li:last-child:before{display:none}
.story .number{position:absolute;left:0;top:-1px;width:26px;height:26px;border-radius:13px;background:#3c4b5c;color:#fff;font-weight:600;line-height:26px;text-align:center}
.story h3{display:inline;font-size:14px!important;margin:0 8px 0 0}.story .quiet{color:var(--color-text-secondary,#5b6672)}
.story p{margin:3px 0 6px;max-width:90ch;white-space:pre-line}
.story table{display:table;width:auto;margin:0;contain:none}.story tr{background:none!important}
.story th,.story td{border:0!important;padding:1px 18px 1px 0;font-size:13px;text-align:left;vertical-align:baseline;white-space:normal;overflow-wrap:anywhere;background:none}
.story th{position:static;width:15em;font-weight:400!important;color:var(--color-text-secondary,#5b6672)}.story .like{margin-left:12px}.story td{font-variant-numeric:tabular-nums}
.story code{display:inline-block;max-width:19ch;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;vertical-align:bottom;padding:0 .4em;line-height:1.5;font-size:12px!important;user-select:all;-webkit-user-select:all;cursor:copy}
@media print{.story code{max-width:none;white-space:normal}}`

/** The story of a guarantee as numbered chapters, each with its times and facts; empty when there is none. Needs `storyStyle`. */
export function storyHtml(chapters: readonly Chapter[]): string {
  if (chapters.length === 0) return ''
  const items = chapters.map((chapter, index) => chapterHtml(chapter, { number: index + 1, before: chapters.slice(0, index) }))
  return `<section class="story"><h2>The story</h2><ol>${items.join('\n')}</ol></section>`
}

interface Position {
  readonly number: number
  readonly before: readonly Chapter[]
}

function chapterHtml(chapter: Chapter, { number, before }: Position): string {
  const { heading, subject, text, facts, at, secondsSinceStart, secondsSincePrevious } = chapter
  const { kind, name, namespace } = subject
  const where = namespace === undefined ? '' : ` in ${namespace}`
  const sincePrevious = number === 1 ? '' : `, ${secondsText(secondsSincePrevious)} after chapter ${number - 1}`
  const rows = Object.entries(facts).map(
    ([fact, value]) =>
      `<tr><th scope="row">${escapeMarkup(fact)}</th><td>${factHtml(fact, value)}${likenessHtml(fact, { value, before })}</td></tr>`,
  )
  return [
    `<li><span class="number">${number}</span><h3>${escapeMarkup(heading)}</h3>`,
    `<span class="quiet"><span title="${escapeMarkup(`${kind} ${name}${where}`)}">${escapeMarkup(`${kind} ${name}`)}</span> · `,
    `<time datetime="${escapeMarkup(at)}" title="${escapeMarkup(at)}">${secondsText(secondsSinceStart)} after the start${sincePrevious}</time></span>`,
    `<p>${escapeMarkup(text)}</p>`,
    rows.length === 0 ? '' : `<table>${rows.join('')}</table>`,
    '</li>',
  ].join('')
}

function factHtml(name: string, value: string | number): string {
  if (typeof value === 'string') {
    const escaped = escapeMarkup(value)
    return digest.test(value) ? `<code title="${escaped}">${escaped}</code>` : escaped
  }
  const exact = numberText(value)
  if (/\bseconds?\b/i.test(name)) return `${exact} s`
  if (!/\bbytes?\b/i.test(name) || value < 1024) return exact
  return `${binarySize(value)} <span class="quiet">(${exact} bytes)</span>`
}

/** Whether an identity was told before: long ones cannot be compared by eye, and a restored object must have another. */
function likenessHtml(name: string, { value, before }: { readonly value: string | number; readonly before: readonly Chapter[] }): string {
  if (typeof value !== 'string') return ''
  const same = before.findIndex(({ facts }) => facts[name] === value || (digest.test(value) && Object.values(facts).includes(value)))
  if (same !== -1) return `<span class="like quiet">the same as in chapter ${same + 1}</span>`
  const other = before.findLastIndex(({ facts }) => typeof facts[name] === 'string')
  return other === -1 ? '' : `<span class="like">not the same as in chapter ${other + 1}</span>`
}

function secondsText(seconds: number): string {
  return `${seconds.toFixed(1)} s`
}

function numberText(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3 })
}
