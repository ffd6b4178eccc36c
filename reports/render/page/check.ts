import { counted } from '../../../contract/counted.ts'
import { join } from 'node:path'
import { sumsFile } from '../../../harness/engine/evidence/verify-evidence.ts'
import type { HistoryEntry } from '../../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../../harness/engine/history/judgement-record.ts'
import { knownIn, type ReportedEntry } from '../../known-failures/section.ts'
import { auditInWords } from '../../model/audit-section.ts'
import type { ConformanceReport, GuaranteeResult } from '../../model/conformance-report.ts'
import type { LedgerResult } from '../../model/ledger-results.ts'
import { judgementsFile, timelinesFile } from '../../model/published-run.ts'
import { readJsonLines } from '../../model/run-files.ts'
import { secondsOf } from '../../model/seconds.ts'
import { seenInWords } from '../../model/seen-to-fail.ts'
import { requestsInWords } from '../../model/work.ts'
import { type Markup, markup } from '../markup.ts'
import { judgementsHtml } from './judgements.ts'
import { knownHtml } from './known-failures.ts'
import { verdictBadge } from './overview.ts'
import { sourceLink, statedHtml } from './statements.ts'
import { storyHtml } from './story-html.ts'
import { type SuiteOfGuarantee, suiteFinder } from './suite-of-guarantee.ts'

/**
 * A section for each check that was selected, in order of ids: sentence, verdict, reasons, and all that it rests on. Where the evidence
 * is kept by digest, nothing links to it.
 */
export async function checkSections(
  report: ConformanceReport,
  { runDirectory, byDigest }: { readonly runDirectory: string; readonly byDigest: ReadonlySet<string> },
): Promise<readonly Markup[]> {
  const { guarantees, ledger = [] } = report
  const sections: Markup[] = []
  const suiteOf = suiteFinder(runDirectory, report)
  for (const guarantee of guarantees) {
    const folder = join(runDirectory, 'evidence', guarantee.id)
    sections.push(
      checkSection(guarantee, {
        suite: suiteOf(guarantee.id),
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
  readonly suite: SuiteOfGuarantee | undefined
  readonly known: ReportedEntry | undefined
}

function checkSection(guarantee: GuaranteeResult, { history, judgements, statements, isByDigest, suite, known }: Material): Markup {
  const { id, statement, level, source, verdict, reasons, chapters = [], findings = [], evidence, requests, throttled } = guarantee
  const { startedAt, endedAt, lastSeenToFail, auditLog } = guarantee
  const times =
    startedAt === undefined
      ? ''
      : markup` · ${secondsOf(guarantee).toFixed(1)} s, ${startedAt} to ${endedAt?.slice(endedAt.slice(0, 11) === startedAt.slice(0, 11) ? 11 : 0) ?? 'no end'}`
  const sent = requests === undefined ? '' : ` · ${requestsInWords(requests, throttled)}`
  const count = judgements?.length ?? 0
  const hasMore = statements.length + chapters.length + (history?.length ?? 1) + evidence.length > 0
  const details = markup`<details${verdict === 'Passed' ? '' : markup` open`}><summary>Statements, ${counted(count, 'judgements')} with what decided them, ${counted(evidence.length, 'evidence files')}</summary>
${statedHtml(statements)}
${storyHtml(chapters)}
${history === undefined && !isByDigest ? markup`<p>The history of this check cannot be read.</p>` : ''}
${judgements === undefined ? markup`<p>The judgements of this check cannot be read.</p>` : judgementsHtml(judgements, { id, history: history ?? [], historyPath: isByDigest || history === undefined ? undefined : encodeURI(`evidence/${id}/history.jsonl`), suite })}
${isByDigest ? digestsHtml(guarantee) : evidenceHtml(guarantee)}
</details>`
  return markup`<section class="check" id="${id}">
<h3><a class="anchor" href="#${id}">${id}</a> ${verdictBadge(verdict)}</h3>
<p class="sentence">${statement}
<p class="quiet">${level} · ${sourceLink(source)}${times}${sent}${suite === undefined ? '' : markup` · suite ${suiteHtml(suite)}`}
${auditLog && markup`<p class="quiet">${auditInWords(auditLog)}`}
${lastSeenToFail === undefined ? '' : markup`<p class="quiet">${seenInWords(lastSeenToFail)}`}
${reasons.map((reason) => reasonHtml(reason, verdict))}
${known && markup`<p>${knownHtml(known)}</p>`}
${findings.map((finding) => markup`<p class="finding"><b>Finding</b>: ${finding}</p>`)}
${hasMore ? details : ''}
</section>
`
}

/** The file of a suite and the line of the guarantee in it. */
function suiteHtml({ path, address, line }: SuiteOfGuarantee): Markup {
  const label = `${path}${line === undefined ? '' : `:${line}`}`
  return address === undefined ? markup`<code>${label}</code>` : markup`<a href="${address}">${label}</a>`
}

function reasonHtml({ summary, expected, actual, entries = [] }: GuaranteeResult['reasons'][number], verdict: string): Markup {
  const rows = [
    ['expected', expected],
    ['actual', actual],
    ['history entries', entries.length === 0 ? undefined : entries.join(', ')],
  ].flatMap(([name, value]) => (value === undefined ? [] : [markup`<div><dt>${name}</dt><dd><code>${value}</code></dd></div>`]))
  return markup`<div class="reason ${verdict}"><p>${summary}</p>${rows.length === 0 ? '' : markup`<dl>${rows}</dl>`}</div>`
}

function evidenceHtml({ id, evidence }: GuaranteeResult): Markup {
  if (evidence.length === 0) return markup``
  const folder = `evidence/${id}/`
  const main = ['history.jsonl', sumsFile].map((name) => `${folder}${name}`)
  const links = main.map((path) => markup`<a href="${encodeURI(path)}">${path.slice(folder.length)}</a>, `)
  return markup`<p class="evidence">Evidence: ${links}<a href="${timelinesFile}#${id}">timeline, preconditions and all ${counted(evidence.length, 'files')}</a>.</p>`
}

/** Evidence that is not beside the page: the one file of it that is there, and where the digests of the others are. */
function digestsHtml({ id, evidence }: GuaranteeResult): Markup {
  const folder = `evidence/${id}/`
  const away = evidence.filter(({ path }) => path !== `${folder}${judgementsFile}`)
  return markup`<h4>Evidence</h4>
<p>In this copy: <a href="${encodeURI(`${folder}${judgementsFile}`)}">${judgementsFile}</a>. Kept by digest, and with it the timeline: ${counted(away.length, 'files')}, each with its SHA-256 in <a href="${sumsFile}">${sumsFile}</a>.</p>`
}
