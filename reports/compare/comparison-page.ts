import { breaksGate } from '../known-failures/section.ts'
import { type Markup, markup, type MarkupValue, markupText, webLink } from '../render/markup.ts'
import { pageStyle } from '../render/page/style.ts'
import type { Comparison, VerdictChange, VerdictOfSide } from './comparison.ts'
import { changesOf, exitCodeOfComparison } from './change.ts'
import * as known from './known-words.ts'
import { byWhy } from './only-in-one.ts'
import * as words from './words.ts'

/** A comparison as one page: it loads nothing, needs no scripts, and prints whole. */
export function comparisonPage(comparison: Comparison): string {
  const { result, before, after, onlyBefore, onlyAfter, statements, platform, durations, knownFailures } = comparison
  // Where the badge says it all, a sentence would say it again.
  const hasMore = exitCodeOfComparison(comparison) !== 0 || changesOf(comparison).some(({ direction }) => direction === 'worse')
  const parts = [
    ...words.groupsOf(comparison).map(({ title, changes }) => ({
      id: title.toLowerCase().replaceAll(' ', '-'),
      title: `${title} (${changes.length})`,
      body: markup`${changes.map(changeHtml)}`,
    })),
    ...(statements.length === 0
      ? []
      : [{ id: 'statements', title: `Statements of the ledger (${statements.length})`, body: statementsHtml(comparison) }]),
    ...(knownFailures === undefined
      ? []
      : [{ id: 'known-failures', title: known.knownTitle(knownFailures), body: knownFailuresHtml(comparison) }]),
    ...(onlyBefore.length === 0 ? [] : [{ id: 'only-before', title: `Only before (${onlyBefore.length})`, body: onlyHtml(onlyBefore) }]),
    ...(onlyAfter.length === 0 ? [] : [{ id: 'only-after', title: `Only after (${onlyAfter.length})`, body: onlyHtml(onlyAfter) }]),
    { id: 'durations', title: `Durations (${durations.changes.length})`, body: durationsHtml(comparison) },
    { id: 'platform', title: `What differs in the platform (${platform.length})`, body: platformHtml(comparison) },
  ]
  const facts: readonly (readonly [string, string])[] = [
    ['Before', words.sideInWords(before)],
    ['After', words.sideInWords(after)],
    ...[...before.leftOut, ...after.leftOut].map((sentence) => ['Left out', sentence] as const),
  ]
  return `${markupText(markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Holdfast comparison: ${result}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<header>
<p class="kicker">Holdfast comparison</p>
<h1><span class="badge ${toneOf(comparison)}">${result}</span> ${words.totalsInWords(comparison)}</h1>
${hasMore ? markup`<p>${words.answerOf(comparison)}</p>` : ''}
<dl class="facts">${facts.map(factHtml)}</dl>
</header>
<nav aria-label="Contents"><ul>${parts.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${parts.map(
  ({ id, title, body }) => markup`<section class="part" id="${id}">
<h2>${title}</h2>
${body}
</section>
`,
)}
</main>
</body>
</html>`)}\n`
}

/** What is worse is partial where all of it is known, and nothing worse is where an entry is no longer true. */
function toneOf(comparison: Comparison): string {
  if (comparison.result === 'nothing worse') return exitCodeOfComparison(comparison) === 0 ? 'success' : 'partial'
  return exitCodeOfComparison(comparison) === 0 ? 'partial' : 'failure'
}

function factHtml([name, value]: readonly [string, MarkupValue]): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}</dd></div>`
}

function changeHtml(change: VerdictChange): Markup {
  const { id, level, statement, before, after, restated, noParting } = change
  const parting = words.partingInWords(change)
  const facts: readonly (readonly [string, MarkupValue])[] = [
    ['before', verdictHtml(before)],
    ['after', verdictHtml(after)],
    ...known.knownLines(change).map((line) => ['known', line.replace(/^known /, '')] as const),
    ...(after.missing === undefined ? [] : [['missing after', after.missing] as const]),
  ]
  return markup`<section class="check" id="${id}">
<h3><a class="anchor" href="#${id}">${id}</a></h3>
<p class="sentence">${statement}</p>
<p class="quiet">${level}${restated === undefined ? '' : ` · ${words.restated}`}</p>
<dl class="facts">${facts.map(factHtml)}</dl>
${parting === undefined ? '' : markup`<p>${parting.sentence}</p><dl class="facts">${parting.next.map(factHtml)}</dl>`}
${noParting === undefined ? '' : markup`<p class="quiet">${noParting}</p>`}
</section>
`
}

function verdictHtml(side: VerdictOfSide): Markup {
  const tone = side.verdict === 'flaky' ? 'partial' : side.verdict
  const cause = side.cause === undefined ? '' : markup` ${side.cause}`
  return markup`<span class="badge ${tone}">${words.verdictInWords(side)}</span>${cause}`
}

function rowsHtml(heads: readonly string[], rows: readonly (readonly MarkupValue[])[]): Markup {
  const lines = rows.map(
    (cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>
`,
  )
  return markup`<table class="rows"><thead><tr>${heads.map((head) => markup`<th>${head}</th>`)}</tr></thead><tbody>
${lines}</tbody></table>`
}

/** Which way a change goes, as a coloured word. */
function toneHtml(direction: VerdictChange['direction'], word: string = direction): Markup {
  const tone = { worse: 'bad', better: 'good', neither: 'none' }[direction]
  return markup`<span class="tone ${tone}">${word}</span>`
}

function statementsHtml({ statements }: Comparison): Markup {
  const rows = statements.map((change) => [
    toneHtml(change.direction, known.directionInWords(change)),
    markup`<b>${words.statementName(change)}</b> ${change.level}<br>${change.states}`,
    change.before,
    markup`${words.afterInWords(change)}${known.knownLines(change).map((line) => markup`<br><span class="quiet">${line}</span>`)}`,
  ])
  return rowsHtml(['change', 'statement', 'before', 'after'], rows)
}

function knownFailuresHtml(comparison: Comparison): Markup {
  const rows = known
    .entriesOf(comparison)
    .map((entry) => [
      breaksGate(entry) ? markup`<span class="badge Failed">${entry.outcome}</span>` : entry.outcome,
      markup`<b>${entry.guarantee}</b><br>${entry.says}<br><span class="quiet">line ${entry.line}, until ${entry.expires}</span>`,
      markup`${entry.why}<br><span class="quiet">${entry.owner},</span> ${webLink(entry.link)}`,
    ])
  return rows.length === 0 ? markup`<p>The file lists nothing.</p>` : rowsHtml(['outcome', 'what is listed', 'why it is accepted'], rows)
}

function onlyHtml(only: Comparison['onlyBefore']): Markup {
  return markup`<dl class="facts">${byWhy(only).map(({ why, ids }) => factHtml([why, ids.join(', ')]))}</dl>`
}

function durationsHtml(comparison: Comparison): Markup {
  const { changes, rule } = comparison.durations
  const rows = changes.map(({ id, direction, before, after, factor }) => [
    toneHtml(direction, words.speedInWords(direction)),
    markup`<b>${id}</b>`,
    words.rangeInWords(before),
    words.rangeInWords(after),
    `× ${factor.toFixed(2)}`,
  ])
  return markup`<p>${words.slownessInWords(comparison)}</p>
<p class="quiet">${rule}</p>
${rows.length === 0 ? '' : rowsHtml(['change', 'guarantee', 'before', 'after', 'factor'], rows)}`
}

function platformHtml({ platform }: Comparison): Markup {
  if (platform.length === 0) return markup`<p>The platforms differ in nothing that was stored.</p>`
  const areas = [...Map.groupBy(platform, ({ area }) => area)].map(([area, differences]) => {
    const rows = differences.map(({ name, before = 'none', after = 'none' }) => [
      markup`<b>${name}</b>`,
      markup`<code>${before}</code>`,
      markup`→ <code>${after}</code>`,
    ])
    return markup`<details${differences.length > 12 ? '' : markup` open`}><summary>${area} (${differences.length})</summary>
${rowsHtml(['what', 'before', 'after'], rows)}
</details>
`
  })
  return markup`${areas}`
}
