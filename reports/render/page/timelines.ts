import { join } from 'node:path'
import { counted } from '../../../contract/counted.ts'
import type { HistoryEntry } from '../../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../../harness/engine/history/judgement-record.ts'
import type { ConformanceReport, GuaranteeResult } from '../../model/conformance-report.ts'
import { judgementsFile } from '../../model/published-run.ts'
import { readJsonLines } from '../../model/run-files.ts'
import { binarySize } from '../binary-size.ts'
import { htmlDocument } from '../html-document.ts'
import { type Markup, markup } from '../markup.ts'
import { preconditionsHtml } from './judgements.ts'
import { pageStyle } from './style.ts'
import { timelineSvg } from '../timeline/timeline.ts'

/**
 * The timelines of a run and the digests of its evidence as one file, which loads nothing and runs nothing. Each check has the id that it
 * has on the page of the run. Those whose evidence is kept by digest are not on it.
 */
export async function timelinesHtml(
  report: ConformanceReport,
  { runDirectory, byDigest }: { readonly runDirectory: string; readonly byDigest: ReadonlySet<string> },
): Promise<string> {
  const sections: Markup[] = []
  for (const guarantee of report.guarantees.filter(({ id, evidence }) => !byDigest.has(id) && evidence.length > 0)) {
    const folder = `evidence/${guarantee.id}`
    const [history, judgements] = await Promise.all(
      ['history.jsonl', judgementsFile].map((name) => linesOf(join(runDirectory, folder, name))),
    )
    sections.push(sectionHtml(guarantee, { folder, history, judgements } as Drawn))
  }
  return htmlDocument({
    title: `Holdfast ${report.run.id}: timelines`,
    style: pageStyle,
    body: markup`<main>
<header><p class="kicker">Holdfast conformance report ${report.run.id}</p>
<h1>Timelines and evidence</h1>
<p>What happened in each of ${counted(sections.length, 'checks')}, drawn from its history: time runs from left to right and its scale is the same over the whole picture. What is marked leads to its line of the history. <a href="index.html">The report</a></p></header>
${sections}
</main>`,
  })
}

async function linesOf(path: string): Promise<readonly unknown[] | undefined> {
  try {
    return await readJsonLines(path)
  } catch {
    return undefined
  }
}

interface Drawn {
  readonly folder: string
  readonly history: readonly HistoryEntry[] | undefined
  readonly judgements: readonly JudgementRecord[] | undefined
}

function sectionHtml(guarantee: GuaranteeResult, { folder, history, judgements }: Drawn): Markup {
  const { id, statement, verdict, reasons } = guarantee
  const historyPath = encodeURI(`${folder}/history.jsonl`)
  const violations = verdict === 'Failed' ? [...new Set(reasons.flatMap(({ entries = [] }) => entries))] : []
  const drawing =
    history === undefined
      ? markup`<p>The history of this check cannot be read.</p>`
      : history.length === 0
        ? ''
        : markup`<div class="timeline wide" tabindex="0" role="group" aria-label="Timeline of ${id}">${timelineSvg(history, { title: `What happened: ${id}`, violations, historyPath })}</div>`
  return markup`<section class="check" id="${id}"><h2><a class="anchor" href="#${id}">${id}</a> <span class="badge ${verdict}">${verdict}</span></h2>
<p class="sentence">${statement} <a href="index.html#${id}">judgements</a></p>
${drawing}
${history && judgements && preconditionsHtml(judgements, { id, history, historyPath, suite: undefined })}
<h3>Evidence</h3>
${evidenceHtml(guarantee)}
</section>
`
}

function evidenceHtml({ id, evidence }: GuaranteeResult): Markup {
  const rows = evidence.map(
    ({ path, bytes, sha256 }) => markup`<tr><td><a href="${encodeURI(path)}">${path.slice(`evidence/${id}/`.length)}</a></td>
<td class="number">${bytes < 1024 ? `${bytes} B` : binarySize(bytes)}</td><td><code class="digest">${sha256}</code></td></tr>
`,
  )
  return markup`<table class="rows evidence"><thead><tr><th>file</th><th>size</th><th>SHA-256</th></tr></thead><tbody>${rows}</tbody></table>`
}
