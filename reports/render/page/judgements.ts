import type { HistoryEntry } from '../../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../../harness/engine/history/judgement-record.ts'
import { secondsSince } from '../../model/seconds.ts'
import { commandOfCheck, commandOfEntries } from './by-hand.ts'
import { decisiveEntries } from './decisive-entries.ts'
import { entryWords } from './entry-words.ts'
import { lineAddress } from '../line-address.ts'
import { type Markup, markup } from '../markup.ts'
import type { SuiteOfGuarantee } from './suite-of-guarantee.ts'
import { record } from '../timeline/timeline-lanes.ts'

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
 * and commands that show them from the evidence. Each judgement can be linked to, as `<guarantee>.<number>`. Preconditions that came true
 * are on the other page, where there is one.
 */
export function judgementsHtml(judgements: readonly JudgementRecord[], material: JudgementMaterial): Markup {
  const { historyPath } = material
  const decided = decidedOf(judgements, material)
  const shown = historyPath === undefined ? decided : decided.filter((one) => !isMetPrecondition(one))
  const others = shown.flatMap(({ judgement, entries }) => (commandOfCheck(judgement, entries) === undefined ? entries : []))
  const together = historyPath === undefined ? undefined : commandOfEntries(others)
  return markup`${shown.length === 0 ? '' : tableHtml('Judgements', shown, material)}
${together === undefined ? '' : markup`<p>By hand, the other lines: <kbd>${together}</kbd>`}`
}

/** Preconditions that came true, for the page of timelines: the guarantee says nothing about them. */
export function preconditionsHtml(judgements: readonly JudgementRecord[], material: JudgementMaterial): Markup {
  const met = decidedOf(judgements, material).filter(isMetPrecondition)
  return met.length === 0 ? markup`` : tableHtml('Preconditions that came true', met, material)
}

function decidedOf(judgements: readonly JudgementRecord[], { history }: JudgementMaterial): readonly Decided[] {
  const told = new Set<number>()
  return judgements.map((judgement, index) => {
    const entries = decisiveEntries(judgement, history)
    const isNew = new Set(entries.filter(({ seq }) => !told.has(seq)).map(({ seq }) => seq))
    if (judgement.verb !== 'until') for (const seq of isNew) told.add(seq)
    return { judgement, number: index + 1, entries, isNew }
  })
}

function isMetPrecondition({ judgement: { verb, outcome, label } }: Decided): boolean {
  return verb === 'until' && outcome === 'upheld' && label === undefined
}

function tableHtml(title: string, decided: readonly Decided[], material: JudgementMaterial): Markup {
  return markup`<h4>${title}</h4>
<table class="rows judgements"><thead><tr><th>judged<th>expected<th>outcome<th>seen, by line<tbody>${decided.map((one) => judgementRow(one, material))}</table>`
}

interface Decided {
  readonly number: number
  readonly judgement: JudgementRecord
  readonly entries: readonly HistoryEntry[]
  /** Positions of those that no judgement before shows: these are linked. */
  readonly isNew: ReadonlySet<number>
}

function judgementRow({ judgement, number, entries, isNew }: Decided, material: JudgementMaterial): Markup {
  const { verb, label, description, within, outcome, reason } = judgement
  const { id, history, historyPath, suite } = material
  const options = { path: pathOf(judgement.params), isIdentified: verb === 'toUphold' || verb === 'premise' }
  const seen = entries.map(
    (entry) => markup`${lineLink(entry, isNew.has(entry.seq) ? historyPath : undefined)} ${entryWords(entry, options)}<br>`,
  )
  const command = historyPath === undefined || entries.length === 0 ? undefined : commandOfCheck(judgement, entries)
  const line = label === undefined ? undefined : suite?.lines.get(label)
  const tone = judgementVerdicts[outcome]
  return markup`<tr id="${id}.${number}"><td>${verbs[verb]}
<td>${description}${within === undefined ? '' : ` within ${within} s`}${label === undefined ? '' : markup` <code>${label}</code>`}${line === undefined ? '' : `, line ${line}`}${reason === undefined ? '' : markup`<br><span class="tone ${tone}">${reason.summary}</span>`}<td class="${tone}">${outcome}<td>${entries.length === 0 ? nothingSeen(judgement) : seen}${timesOf(judgement, history)}${command === undefined ? '' : markup`<kbd>${command}</kbd>`}
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
  const at = `+${secondsSince(history, end).toFixed(2)} s`
  const isWhole = fromSeq === 0 || (verb !== 'toUphold' && verb !== 'premise')
  const over = isWhole ? '' : `, lines ${fromSeq + 1}–${untilSeq}`
  const waited = startedAt === undefined ? '' : `, ${Math.max(0, (Date.parse(end) - Date.parse(startedAt)) / 1000).toFixed(1)} s waited`
  return markup`<small>${at}${over}${waited}</small>`
}

/** The field that a check is about, where its parameters name one. */
function pathOf(params: unknown): readonly string[] {
  const { path } = record(params)
  return Array.isArray(path) ? path.map(String) : []
}
