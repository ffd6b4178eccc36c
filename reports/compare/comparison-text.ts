import type { Comparison, VerdictChange, VerdictOfSide } from './comparison.ts'
import * as known from './known-words.ts'
import { type OnlyForReason, restIsElsewhere, shortByWhy } from './only-in-one.ts'
import * as words from './words.ts'

/** Lines of an area that are told one by one; the rest is counted. */
const mostOfArea = 12

/** What `holdfast compare` prints, as lines. */
export function comparisonText(comparison: Comparison): string[] {
  const { before, after, onlyBefore, onlyAfter } = comparison
  return [
    `Before  ${words.sideInWords(before)}`,
    `After   ${words.sideInWords(after)}`,
    ...[...before.leftOut, ...after.leftOut].map((sentence) => `Left out  ${sentence}`),
    '',
    `${words.answerOf(comparison)} ${words.totalsInWords(comparison)}.`,
    ...words.groupsOf(comparison).flatMap(({ title, changes }) => ['', `${title} (${changes.length})`, ...changes.flatMap(verdictLines)]),
    ...statementLines(comparison),
    ...knownFailureLines(comparison),
    ...onlyLines('Only before', onlyBefore),
    ...onlyLines('Only after', onlyAfter),
    ...durationLines(comparison),
    ...platformLines(comparison),
  ]
}

function verdictLines(change: VerdictChange): string[] {
  const { id, level, before, after, restated, noParting } = change
  const parting = words.partingInWords(change)
  return [
    `  ${id}  ${level}`,
    `    before  ${verdictLine(before)}`,
    `    after   ${verdictLine(after)}`,
    ...(after.missing === undefined ? [] : [`    missing after: ${after.missing}`]),
    ...known.knownLines(change).map((line) => `    ${line}`),
    ...(restated === undefined ? [] : [`    ${words.restated}`]),
    ...(parting === undefined ? [] : [`    ${parting.sentence}`, ...parting.next.map(([side, what]) => `      ${side}  ${what}`)]),
    ...(noParting === undefined ? [] : [`    ${noParting}`]),
  ]
}

function verdictLine(side: VerdictOfSide): string {
  return `${words.verdictInWords(side)}${side.cause === undefined ? '' : `: ${side.cause}`}`
}

function statementLines({ statements }: Comparison): string[] {
  if (statements.length === 0) return []
  const lines = statements.flatMap((change) => [
    `  ${known.directionInWords(change)}  ${words.statementName(change)}  ${change.level}  ${change.states}`,
    `    ${change.before} → ${words.afterInWords(change)}`,
    ...known.knownLines(change).map((line) => `    ${line}`),
  ])
  return ['', `Statements of the ledger (${statements.length})`, ...lines]
}

function knownFailureLines(comparison: Comparison): string[] {
  const { knownFailures } = comparison
  if (knownFailures === undefined) return []
  return ['', known.knownTitle(knownFailures), ...known.entryLines(known.entriesOf(comparison)).map((line) => `  ${line}`)]
}

function onlyLines(title: string, only: Comparison['onlyBefore']): string[] {
  if (only.length === 0) return []
  const reasons = shortByWhy(only)
  const isWhole = reasons.every(({ concepts }) => concepts.length === 0)
  return ['', `${title} (${only.length})${isWhole ? '' : `; ${restIsElsewhere}`}`, ...reasons.flatMap(reasonLines)]
}

function reasonLines({ why, count, ids, concepts }: OnlyForReason): string[] {
  if (concepts.length === 0) return [`  ${why}: ${ids.join(', ')}`]
  const width = Math.max(...concepts.map(({ concept }) => concept.length))
  const lines = concepts.map((of) => {
    const more = of.count === of.first.length ? [] : [`and ${of.count - of.first.length} more`]
    return `    ${of.concept.padEnd(width)}  ${String(of.count).padStart(String(count).length)}  ${[...of.first, ...more].join(', ')}`
  })
  return [`  ${why} (${count})`, ...lines]
}

function durationLines(comparison: Comparison): string[] {
  const { changes, rule, gate } = comparison.durations
  const told = changes.map(({ id, direction, before, after, factor }) => {
    const times = `${words.rangeInWords(before)} → ${words.rangeInWords(after)}, × ${factor.toFixed(2)}`
    return `  ${words.speedInWords(direction)}  ${id}  ${times}`
  })
  return [
    '',
    `Durations (${changes.length}${gate ? ', and longer ones count' : ''})`,
    `  ${words.slownessInWords(comparison)}`,
    `  ${rule}`,
    ...told,
  ]
}

function platformLines(comparison: Comparison): string[] {
  const areas = words.platformByArea(comparison, { most: mostOfArea })
  if (areas.length === 0) return ['', 'The platforms differ in nothing that was stored.']
  const lines = areas.flatMap(({ area, lines: told, more }) => [
    ...told.map((line) => `  ${area.padEnd(13)}  ${line}`),
    ...(more === undefined ? [] : [`  ${area.padEnd(13)}  and ${more}`]),
  ])
  return ['', `What differs in the platform (${comparison.platform.length})`, ...lines]
}
