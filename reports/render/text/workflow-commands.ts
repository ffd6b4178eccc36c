import { breaksGate, knownIn, knownInWords } from '../../known-failures/section.ts'
import type { ConformanceReport, GuaranteeResult } from '../../model/conformance-report.ts'
import { causeOf } from './job-summary.ts'
import { entryLine } from './known-failure-lines.ts'

const kinds = ['error', 'warning', 'notice'] as const

interface Annotation {
  readonly kind: (typeof kinds)[number]
  readonly title: string
  readonly text: string
}

/**
 * GitHub keeps that many annotations of a kind for each step:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
const mostOfKind = 10

/**
 * What needs a reader, as workflow commands of GitHub Actions. An error is what makes the exit code 1 or breaks the gate, a warning what
 * makes it 2, and a notice what is known to fail.
 */
export function workflowCommands(report: ConformanceReport): readonly string[] {
  const annotations = [
    ...ofKnownFailures(report),
    ...report.guarantees.flatMap((guarantee) => ofGuarantee(report, guarantee)),
    ...ofLeaks(report),
  ]
  return kinds.flatMap((kind) => {
    const all = annotations.filter((annotation) => annotation.kind === kind)
    if (all.length <= mostOfKind) return all.map(commandOf)
    const told = all.slice(0, mostOfKind - 1)
    const more = { kind, title: `${all.length - told.length} more`, text: 'The report of the run has them all.' }
    return [...told, more].map(commandOf)
  })
}

function ofGuarantee({ knownFailures }: ConformanceReport, guarantee: GuaranteeResult): readonly Annotation[] {
  const { id, verdict, level, statement } = guarantee
  if (verdict === 'Passed' || (verdict === 'NotSupported' && level !== 'MUST')) return []
  const known = knownIn(knownFailures, id)
  const text = [statement, causeOf(guarantee), ...(known === undefined ? [] : [knownInWords(known)])].join('\n')
  const kind = verdict === 'Failed' ? 'error' : 'warning'
  return [{ kind: known === undefined ? kind : 'notice', title: `${id} ${verdict}`, text }]
}

function ofKnownFailures({ knownFailures }: ConformanceReport): readonly Annotation[] {
  const broken = knownFailures?.entries.filter(breaksGate) ?? []
  return broken.map((entry) => ({ kind: 'error', title: `Known failure, ${entry.outcome}`, text: entryLine(entry) }))
}

function ofLeaks({ run: { leaks = [] } }: ConformanceReport): readonly Annotation[] {
  return leaks.map((text) => ({ kind: 'warning', title: 'Storage was left behind', text }))
}

function commandOf({ kind, title, text }: Annotation): string {
  const property = escaped(title).replaceAll(':', '%3A').replaceAll(',', '%2C')
  return `::${kind} title=${property}::${escaped(text)}`
}

/** Text within the one line of a command. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
