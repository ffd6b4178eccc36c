import type { Comparison, VerdictChange, VerdictOfSide } from './comparison.ts'
import { breaksGate } from '../known-failures/section.ts'
import { escapeMarkdown as text, foldedMarkdown as folded } from '../render/text/escape-markdown.ts'
import * as known from './known-words.ts'
import { type OnlyForReason, restIsElsewhere, shortByWhy } from './only-in-one.ts'
import * as words from './words.ts'

/** Lines of an area that are told one by one; the rest is counted: a comment on a pull request has an end. */
const mostOfArea = 40

/** A comparison for a pull request or the summary of a job: a short table, and the details folded. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { before, after, onlyBefore, onlyAfter, verdicts } = comparison
  const parts = [
    `### Holdfast: ${text(words.answerOf(comparison))}`,
    [
      '| | |',
      '| --- | --- |',
      `| before | ${text(words.sideInWords(before))} |`,
      `| after | ${text(words.sideInWords(after))} |`,
      `| guarantees | ${text(words.totalsInWords(comparison))} |`,
    ].join('\n'),
    ...[...before.leftOut, ...after.leftOut].map((sentence) => `Left out: ${text(sentence)}`),
    ...brokenEntries(comparison),
    ...(verdicts.length === 0 ? [] : [verdictTable(comparison)]),
    ...(verdicts.length === 0 ? [] : [folded('Causes, and where the histories part', verdicts.map(changeMarkdown).join('\n\n'))]),
    ...statementsMarkdown(comparison),
    ...knownMarkdown(comparison),
    ...onlyMarkdown('Only before', onlyBefore),
    ...onlyMarkdown('Only after', onlyAfter),
    durationsMarkdown(comparison),
    ...platformMarkdown(comparison),
  ]
  return `${parts.join('\n\n')}\n`
}

function verdictTable(comparison: Comparison): string {
  const rows = words
    .groupsOf(comparison)
    .flatMap(({ title, changes }) =>
      changes.map(({ id, before, after }) => `| ${title} | \`${id}\` | ${words.verdictInWords(before)} | ${words.verdictInWords(after)} |`),
    )
  return ['| | guarantee | before | after |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function changeMarkdown(change: VerdictChange): string {
  const { id, level, statement, before, after, restated, noParting } = change
  const parting = words.partingInWords(change)
  return [
    `**\`${id}\`** ${level}: ${text(statement)}`,
    '',
    `- before: ${verdictText(before)}`,
    `- after: ${verdictText(after)}`,
    ...(after.missing === undefined ? [] : [`- missing after: ${text(after.missing)}`]),
    ...known.knownLines(change).map((line) => `- ${text(line)}`),
    ...(restated === undefined ? [] : [`- ${words.restated}`]),
    ...(parting === undefined ? [] : [`- ${text(parting.sentence)}`, ...parting.next.map(([side, what]) => `  - ${side}: ${text(what)}`)]),
    ...(noParting === undefined ? [] : [`- ${text(noParting)}`]),
  ].join('\n')
}

function verdictText(side: VerdictOfSide): string {
  return `${words.verdictInWords(side)}${side.cause === undefined ? '' : `: ${text(side.cause)}`}`
}

function statementsMarkdown({ statements }: Comparison): string[] {
  if (statements.length === 0) return []
  const rows = statements.map((change) => {
    const after = [words.afterInWords(change), ...known.knownLines(change)].map(text).join('<br>')
    return `| ${known.directionInWords(change)} | \`${words.statementName(change)}\` | ${text(change.before)} | ${after} |`
  })
  const table = ['| | statement | before | after |', '| --- | --- | --- | --- |', ...rows].join('\n')
  return [folded(`Statements of the ledger (${statements.length})`, table)]
}

/** What keeps the gate shut although nothing is worse is not folded. */
function brokenEntries(comparison: Comparison): string[] {
  const lines = known.entryLines(known.entriesOf(comparison).filter(breaksGate))
  return lines.length === 0 ? [] : [lines.map((line) => `- ${text(line)}`).join('\n')]
}

function knownMarkdown(comparison: Comparison): string[] {
  const { knownFailures } = comparison
  if (knownFailures === undefined) return []
  const lines = known.entryLines(known.entriesOf(comparison)).map((line) => `- ${text(line)}`)
  return [folded(known.knownTitle(knownFailures), lines.join('\n'))]
}

function onlyMarkdown(title: string, only: Comparison['onlyBefore']): string[] {
  if (only.length === 0) return []
  const reasons = shortByWhy(only)
  const isWhole = reasons.every(({ concepts }) => concepts.length === 0)
  const body = reasons.flatMap(reasonItems).join('\n')
  return [folded(`${title} (${only.length})${isWhole ? '' : `; ${restIsElsewhere}`}`, body)]
}

function reasonItems({ why, count, ids, concepts }: OnlyForReason): string[] {
  const named = (names: readonly string[]) => names.map((name) => `\`${name}\``)
  if (concepts.length === 0) return [`- ${text(why)}: ${named(ids).join(', ')}`]
  const items = concepts.map((of) => {
    const more = of.count === of.first.length ? [] : [`and ${of.count - of.first.length} more`]
    return `  - ${of.concept}, ${of.count}: ${[...named(of.first), ...more].join(', ')}`
  })
  return [`- ${text(why)} (${count})`, ...items]
}

function durationsMarkdown(comparison: Comparison): string {
  const { changes, rule } = comparison.durations
  const rows = changes.map(({ id, direction, before, after, factor }) => {
    const cells = [words.speedInWords(direction), `\`${id}\``, words.rangeInWords(before), words.rangeInWords(after), factor.toFixed(2)]
    return `| ${cells.join(' | ')} |`
  })
  const table = rows.length === 0 ? [] : ['', '| | guarantee | before | after | factor |', '| --- | --- | --- | --- | --- |', ...rows]
  return folded(`Durations (${changes.length})`, [words.slownessInWords(comparison), rule, ...table].join('\n'))
}

function platformMarkdown(comparison: Comparison): string[] {
  const areas = words.platformByArea(comparison, { most: mostOfArea })
  const items = areas.map(({ area, lines, more }) =>
    [`- ${area}`, ...lines.map((line) => `  - ${text(line)}`), ...(more === undefined ? [] : [`  - and ${more}`])].join('\n'),
  )
  return items.length === 0 ? [] : [folded(`What differs in the platform (${comparison.platform.length})`, items.join('\n'))]
}
