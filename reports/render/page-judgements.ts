import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../harness/engine/history/judgement-record.ts'
import { secondsSince } from '../model/seconds.ts'
import { commandByHand } from './by-hand.ts'
import { decisiveEntries } from './decisive-entries.ts'
import { entryWords } from './entry-words.ts'
import { lineAddress } from './line-address.ts'
import { type Markup, markup } from './markup.ts'
import type { SuiteOfGuarantee } from './suite-of-guarantee.ts'
import { record } from './timeline-lanes.ts'

const verbs = {
  until: 'Waited until',
  premise: 'Premise',
  toReach: 'Reached',
  toStay: 'Stayed',
  toUphold: 'Checked',
} as const satisfies Record<JudgementRecord['verb'], string>

const judgementVerdicts = { upheld: 'Passed', violated: 'Failed', inconclusive: 'Inconclusive' } as const

/** What judgements are shown with. */
export interface JudgementMaterial {
  /** Id of the guarantee. */
  readonly id: string
  readonly history: readonly HistoryEntry[]
  /** Path of the history from the page; undefined where it is kept by digest. */
  readonly historyPath: string | undefined
  readonly suite: SuiteOfGuarantee | undefined
}

/**
 * What was judged, in order: what was expected, and the entries of the history that decided it with their values, each linked to its line,
 * and a command that shows them from the evidence. Each judgement can be linked to, as `<guarantee>.<number>`.
 */
export function judgementsHtml(judgements: readonly JudgementRecord[], material: JudgementMaterial): Markup {
  if (judgements.length === 0) return markup``
  const rows = judgements.map((judgement, index) => judgementRow(judgement, index + 1, material))
  return markup`<h4>Judgements</h4>
<table class="rows judgements"><thead><tr><th></th><th>expected</th><th>outcome</th><th>seen, with the line of history.jsonl</th></tr></thead><tbody>${rows}</tbody></table>`
}

function judgementRow(judgement: JudgementRecord, number: number, material: JudgementMaterial): Markup {
  const { verb, label, description, within, outcome, reason } = judgement
  const { id, history, historyPath, suite } = material
  const entries = decisiveEntries(judgement, history)
  const path = pathOf(judgement.params)
  const seen = entries.map((entry) => markup`${lineLink(entry, historyPath)} ${entryWords(entry, path)}<br>`)
  const command = verb === 'until' || historyPath === undefined ? undefined : commandByHand(judgement, entries)
  const line = label === undefined ? undefined : suite?.lines.get(label)
  return markup`<tr id="${id}.${number}"><td>${verbs[verb]}</td>
<td>${description}${within === undefined ? '' : ` within ${within} s`}${label === undefined ? '' : markup` <code>${label}</code>`}${line === undefined ? '' : markup` <small>suite line ${line}</small>`}${reason === undefined ? '' : markup`<br><span class="tone ${judgementVerdicts[outcome]}">${reason.summary}</span>`}</td>
<td class="tone ${judgementVerdicts[outcome]}">${outcome}</td><td>${entries.length === 0 ? nothingSeen(judgement) : seen}${timesOf(judgement, history)}${command === undefined ? '' : markup`<kbd>${command}</kbd>`}</td></tr>
`
}

function lineLink({ seq }: HistoryEntry, historyPath: string | undefined): Markup {
  if (historyPath === undefined) return markup`${seq + 1}`
  return markup`<a href="${lineAddress(historyPath, seq)}">${seq + 1}</a>`
}

function nothingSeen({ fromSeq, untilSeq, reads, kinds, verb }: JudgementRecord): Markup {
  const kindsRead = (reads ?? kinds ?? []).join(', ')
  const from = verb === 'toStay' ? fromSeq + 1 : 1
  if (untilSeq < from) return markup`nothing observed yet; `
  return markup`${kindsRead === '' ? 'no entry decides it alone' : `nothing of it among ${kindsRead}`}, lines ${from}–${untilSeq}; `
}

function timesOf({ startedAt, untilSeq, fromSeq, verb }: JudgementRecord, history: readonly HistoryEntry[]): Markup {
  const end = history[untilSeq - 1]?.at
  if (end === undefined) return markup``
  const at = `at +${secondsSince(history, end).toFixed(1)} s`
  const over = verb === 'toUphold' || verb === 'premise' ? `, lines ${fromSeq + 1}–${untilSeq}` : ''
  const waited = startedAt === undefined ? '' : `, ${Math.max(0, (Date.parse(end) - Date.parse(startedAt)) / 1000).toFixed(1)} s waited`
  return markup`<small>${at}${over}${waited}</small>`
}

/** The field that a check is about, where its parameters name one. */
function pathOf(params: unknown): readonly string[] {
  const { path } = record(params)
  return Array.isArray(path) ? path.map(String) : []
}
