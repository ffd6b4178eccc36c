import { counted } from '../../contract/counted.ts'
import { join } from 'node:path'
import { sumsFile } from '../../harness/engine/evidence/verify-evidence.ts'
import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../harness/engine/history/judgement-record.ts'
import { knownIn, type ReportedEntry } from '../known-failures/section.ts'
import { auditInWords } from '../model/audit-section.ts'
import type { ConformanceReport, GuaranteeResult } from '../model/conformance-report.ts'
import type { LedgerResult } from '../model/ledger-results.ts'
import { judgementsFile } from '../model/published-run.ts'
import { readJsonLines } from '../model/run-files.ts'
import { secondsOf, secondsSince } from '../model/seconds.ts'
import { seenInWords } from '../model/seen-to-fail.ts'
import { requestsInWords } from '../model/work.ts'
import { binarySize } from './binary-size.ts'
import { type Markup, markup, webLink } from './markup.ts'
import { knownHtml } from './page-known-failures.ts'
import { verdictBadge } from './page-overview.ts'
import { statedHtml } from './page-statements.ts'
import { storyHtml } from './story-html.ts'
import { timelineSvg } from './timeline.ts'

/**
 * A section for each check that was selected, in order of ids: sentence, verdict, reasons, and all that it rests on. Where the evidence
 * is kept by digest, so is the timeline, which is drawn from it.
 */
export async function checkSections(
  report: ConformanceReport,
  { runDirectory, byDigest }: { readonly runDirectory: string; readonly byDigest: ReadonlySet<string> },
): Promise<readonly Markup[]> {
  const { guarantees, ledger = [] } = report
  const sections: Markup[] = []
  for (const guarantee of guarantees) {
    const folder = join(runDirectory, 'evidence', guarantee.id)
    sections.push(
      checkSection(guarantee, {
        history: await linesOf<HistoryEntry>(join(folder, 'history.jsonl')),
        judgements: await linesOf<JudgementRecord>(join(folder, 'judgements.jsonl')),
        statements: ledger.filter((entry) => entry.guarantees.includes(guarantee.id)),
        isByDigest: byDigest.has(guarantee.id),
        known: knownIn(report.knownFailures, guarantee.id),
      }),
    )
  }
  return sections
}

/** Lines of an evidence file; undefined when it cannot be read, which the page says and the recheck finds. */
async function linesOf<T>(path: string): Promise<readonly T[] | undefined> {
  try {
    return (await readJsonLines(path)) as T[]
  } catch {
    return undefined
  }
}

interface Material {
  readonly history: readonly HistoryEntry[] | undefined
  readonly judgements: readonly JudgementRecord[] | undefined
  readonly statements: readonly LedgerResult[]
  readonly isByDigest: boolean
  readonly known: ReportedEntry | undefined
}

function checkSection(guarantee: GuaranteeResult, { history, judgements, statements, isByDigest, known }: Material): Markup {
  const { id, statement, level, source, verdict, reasons, chapters = [], findings = [], evidence, requests, throttled } = guarantee
  const { startedAt, endedAt, lastSeenToFail, auditLog } = guarantee
  const times =
    startedAt === undefined
      ? ''
      : markup` · ${secondsOf(guarantee).toFixed(1)} s, <span class="whole">${startedAt}</span> to <span class="whole">${endedAt ?? 'no end'}</span>`
  const sent = requests === undefined ? '' : ` · ${requestsInWords(requests, throttled)}`
  const count = judgements?.length ?? 0
  const hasMore = statements.length + chapters.length + (history?.length ?? 1) + evidence.length > 0
  const details = markup`<details${verdict === 'Passed' ? '' : markup` open`}><summary>Statements, ${isByDigest ? '' : 'timeline, '}${counted(count, 'judgements')}, ${counted(evidence.length, 'evidence files')}</summary>
${statedHtml(statements)}
${storyHtml(chapters)}
${isByDigest ? '' : history === undefined ? markup`<p>The history of this check cannot be read.</p>` : timelineHtml(guarantee, history)}
${judgements === undefined ? markup`<p>The judgements of this check cannot be read.</p>` : judgementsHtml(judgements, history ?? [])}
${isByDigest ? digestsHtml(guarantee) : evidenceHtml(guarantee)}
</details>`
  return markup`<section class="check" id="${id}">
<h3><a class="anchor" href="#${id}">${id}</a> ${verdictBadge(verdict)}</h3>
<p class="sentence">${statement}</p>
<p class="quiet">${level} · ${webLink(source)}${times}${sent}</p>
${auditLog && markup`<p class="quiet">${auditInWords(auditLog)}</p>`}
${lastSeenToFail === undefined ? '' : markup`<p class="quiet">${seenInWords(lastSeenToFail)}</p>`}
${reasons.map((reason) => reasonHtml(reason, verdict))}
${known && markup`<p>${knownHtml(known)}</p>`}
${findings.map((finding) => markup`<p class="finding"><b>Finding</b>: ${finding}</p>`)}
${hasMore ? details : ''}
</section>
`
}

function reasonHtml({ summary, expected, actual, entries = [] }: GuaranteeResult['reasons'][number], verdict: string): Markup {
  const rows = [
    ['expected', expected],
    ['actual', actual],
    ['history entries', entries.length === 0 ? undefined : entries.join(', ')],
  ].flatMap(([name, value]) => (value === undefined ? [] : [markup`<div><dt>${name}</dt><dd><code>${value}</code></dd></div>`]))
  return markup`<div class="reason ${verdict}"><p>${summary}</p>${rows.length === 0 ? '' : markup`<dl>${rows}</dl>`}</div>`
}

function timelineHtml({ id, verdict, reasons }: GuaranteeResult, history: readonly HistoryEntry[]): Markup {
  if (history.length === 0) return markup``
  const violations = verdict === 'Failed' ? [...new Set(reasons.flatMap(({ entries = [] }) => entries))] : []
  return markup`<div class="timeline wide">${timelineSvg(history, { title: `What happened: ${id}`, violations })}</div>`
}

const verbs = {
  until: 'Waited until',
  premise: 'Premise',
  toReach: 'Reached',
  toStay: 'Stayed',
  toUphold: 'Checked',
} as const satisfies Record<JudgementRecord['verb'], string>

const judgementVerdicts = { upheld: 'Passed', violated: 'Failed', inconclusive: 'Inconclusive' } as const

/** What was judged, in order; each says over which entries of the history. */
function judgementsHtml(judgements: readonly JudgementRecord[], history: readonly HistoryEntry[]): Markup {
  if (judgements.length === 0) return markup``
  const rows = judgements.map(({ verb, label, description, within, outcome, reason, fromSeq, untilSeq, startedAt }) => {
    const end = history[untilSeq - 1]?.at
    const took =
      startedAt === undefined || end === undefined ? '' : `${Math.max(0, (Date.parse(end) - Date.parse(startedAt)) / 1000).toFixed(1)} s`
    const at = end === undefined ? '' : `+${secondsSince(history, end).toFixed(1)} s`
    return markup`<tr><td>${verbs[verb]}${label === undefined ? '' : markup`<br><code>${label}</code>`}</td>
<td>${description}${within === undefined ? '' : ` within ${within} s`}${reason === undefined ? '' : markup`<br><span class="tone ${judgementVerdicts[outcome]}">${reason.summary}</span>`}</td>
<td class="tone ${judgementVerdicts[outcome]}">${outcome}</td><td class="number">${at}${took === '' ? '' : ` (${took})`}</td><td class="number">${fromSeq}–${untilSeq}</td></tr>
`
  })
  return markup`<h4>Judgements</h4>
<table class="rows"><thead><tr><th></th><th>what</th><th>outcome</th><th>judged at (waited)</th><th>history entries</th></tr></thead><tbody>${rows}</tbody></table>`
}

function evidenceHtml({ id, evidence }: GuaranteeResult): Markup {
  if (evidence.length === 0) return markup``
  const rows = evidence.map(
    ({ path, bytes, sha256 }) => markup`<tr><td><a href="${encodeURI(path)}">${path.slice(`evidence/${id}/`.length)}</a></td>
<td class="number">${bytes < 1024 ? `${bytes} B` : binarySize(bytes)}</td><td><code class="digest" title="${sha256}">${sha256}</code></td></tr>
`,
  )
  return markup`<h4>Evidence</h4>
<table class="rows evidence"><thead><tr><th>file</th><th>size</th><th>SHA-256</th></tr></thead><tbody>${rows}</tbody></table>`
}

/** Evidence that is not beside the page: the one file of it that is there, and where the digests of the others are. */
function digestsHtml({ id, evidence }: GuaranteeResult): Markup {
  const folder = `evidence/${id}/`
  const away = evidence.filter(({ path }) => path !== `${folder}${judgementsFile}`)
  return markup`<h4>Evidence</h4>
<p>In this copy: <a href="${encodeURI(`${folder}${judgementsFile}`)}">${judgementsFile}</a>. Kept by digest, and with it the timeline: ${counted(away.length, 'files')}, each with its SHA-256 in <a href="${sumsFile}">${sumsFile}</a>.</p>`
}
