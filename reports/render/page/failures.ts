import { counted } from '../../../contract/counted.ts'
import { knownIn } from '../../known-failures/section.ts'
import { type Cause, causesOf } from '../../model/causes.ts'
import type { ConformanceReport, GuaranteeResult } from '../../model/conformance-report.ts'
import { type Markup, markup } from '../markup.ts'
import { knownHtml } from './known-failures.ts'
import { verdictBadge } from './overview.ts'

/** What is Failed or Inconclusive, by cause: what was expected, what was there instead, and what else came out so. Undefined for none. */
export function failuresHtml(report: ConformanceReport): Markup | undefined {
  const causes = causesOf(report.guarantees)
  if (causes.length === 0) return undefined
  return markup`<p>${counted(causes.length, 'causes')}, the worst first. What came out alike for the same cause stands together.</p>
${causes.map((cause) => causeHtml(cause, report))}`
}

function causeHtml({ verdict, summary, guarantees }: Cause, report: ConformanceReport): Markup {
  const [first, ...others] = guarantees
  return markup`<div class="reason ${verdict}"><h3>${verdictBadge(verdict)} ${summary}</h3>
${first === undefined ? '' : itemHtml(first, report)}
${others.length === 0 ? '' : markup`<h4>Also for this cause: ${others.length}</h4>${others.map((guarantee) => itemHtml(guarantee, report))}`}</div>
`
}

function itemHtml({ id, statement, reasons }: GuaranteeResult, { knownFailures }: ConformanceReport): Markup {
  const known = knownIn(knownFailures, id)
  const [reason] = reasons
  const entries = reason?.entries ?? []
  return markup`<p><a href="#${id}"><b>${id}</b></a> ${statement}</p>
${diffHtml(reason)}${entries.length === 0 ? '' : markup`<small>Lines of its history that show it: ${entries.map((seq) => seq + 1).join(', ')}</small>`}
${known && markup`<p>${knownHtml(known)}</p>`}`
}

/** Lines that were expected and are missing, and lines that are there instead; what both have is left out. */
export function diffHtml({ expected, actual }: Partial<Pick<GuaranteeResult['reasons'][number], 'expected' | 'actual'>> = {}): Markup {
  if (expected === undefined && actual === undefined) return markup``
  const [wanted, there] = [expected, actual].map((text) => text?.split('\n') ?? [])
  const missing = wanted?.filter((line) => !there?.includes(line)) ?? []
  const instead = there?.filter((line) => !wanted?.includes(line)) ?? []
  return markup`<pre class="diff">${missing.map(
    (line) => markup`<del>- expected: ${line}</del>
`,
  )}${instead.map(
    (line) => markup`<ins>+ actual: ${line}</ins>
`,
  )}</pre>`
}
