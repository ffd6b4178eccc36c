import type { HistoryEntry } from '../../harness/history-entry.ts'
import type { GuaranteeResult, LedgerResult } from '../model/conformance-report.ts'
import { statedHtml } from './coverage-html.ts'
import { escapeMarkup } from './escape-markup.ts'
import { secondsOf } from '../model/seconds.ts'
import { storyHtml, storyStyle } from './story-html.ts'
import { timelineSvg } from './timeline.ts'
import { requestsInWords } from '../model/work.ts'

const badges = {
  Passed: { fill: '#1d7a44', says: 'The cluster keeps the sentence.' },
  Failed: { fill: '#c62b2b', says: 'The cluster breaks the sentence.' },
  Inconclusive: { fill: '#9a6700', says: 'It could not be told whether the cluster keeps the sentence.' },
  NotSupported: { fill: '#5b6672', says: 'The cluster does not offer what the sentence is about.' },
} as const

/** The drawn timeline of a guarantee, with the entries that its reasons name. */
export function guaranteeTimeline({ id, reasons }: GuaranteeResult, history: readonly HistoryEntry[], failed: boolean): string {
  const violations = failed ? [...new Set(reasons.flatMap(({ entries = [] }) => entries))] : []
  return timelineSvg(history, { title: `What happened: ${id}`, violations })
}

/** What a reader sees first of a guarantee: sentence, source, verdict with reasons, what documents say of it, its story, and the timeline as an inline image. */
export function guaranteeHtml(
  guarantee: GuaranteeResult,
  { timeline, ledger = [] }: { readonly timeline?: string | undefined; readonly ledger?: readonly LedgerResult[] | undefined } = {},
): string {
  const { statement, level, source, verdict, reasons, chapters = [] } = guarantee
  const { fill, says } = badges[verdict]
  const seconds = guarantee.startedAt === undefined ? '' : ` · ${secondsOf(guarantee).toFixed(1)} s`
  const requests = guarantee.requests === undefined ? '' : ` · ${requestsInWords(guarantee.requests, guarantee.throttled)}`
  const picture =
    timeline === undefined
      ? ''
      : `<p><img style="box-sizing:border-box;max-width:100%;border:1px solid #d5dde6;border-radius:6px" alt="Timeline" src="${dataUri(timeline)}"></p>`
  return [
    `<p style="margin:0 0 10px"><strong>${escapeMarkup(statement)}</strong></p>`,
    `<p style="margin:0 0 10px"><span style="background:${fill};color:#fff;border-radius:4px;padding:3px 10px;font-weight:600">${verdict}</span> ${says}</p>`,
    `<p style="margin:0 0 10px">${level} · <a href="${escapeMarkup(source)}" target="_blank">${escapeMarkup(source)}</a>${seconds}${requests}</p>`,
    ...reasons.map((reason) => reasonHtml(reason, fill)),
    statedHtml(ledger.filter(({ guarantees }) => guarantees.includes(guarantee.id))),
    ...(chapters.length === 0 ? [] : [`<style>${storyStyle}</style>`, storyHtml(chapters)]),
    picture,
  ].join('\n')
}

function reasonHtml({ summary, expected, actual }: GuaranteeResult['reasons'][number], fill: string): string {
  const rows = [
    ['expected', expected],
    ['actual', actual],
  ].flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          `<tr><td style="padding-right:12px;color:var(--color-text-secondary,#5b6672);vertical-align:top">${name}</td><td><code style="white-space:pre-wrap">${escapeMarkup(value)}</code></td></tr>`,
        ],
  )
  const table = rows.length === 0 ? '' : `<table style="margin-top:6px">${rows.join('')}</table>`
  return `<div style="border-left:4px solid ${fill};padding:2px 0 2px 12px;margin:0 0 10px"><div style="white-space:pre-wrap">${escapeMarkup(summary)}</div>${table}</div>`
}

function dataUri(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
