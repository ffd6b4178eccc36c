import { join } from 'node:path'
import { breaksGate, knownFailuresFile, type KnownFailuresSection, knownIn, settledSection } from '../known-failures/section.ts'
import { type ConformanceReport, resultOf } from './conformance-report.ts'
import { readText } from './run-files.ts'

/** A report as far as the gate looks at it. */
type Gated = Pick<ConformanceReport, 'guarantees' | 'run'>

/**
 * What a run comes to by the known failures that were given for it. It rests on the day on which the run began, so that it comes to the
 * same whenever it is looked at. Undefined where none were given. Throws one sentence when their file has mistakes.
 */
export async function knownFailuresOf(
  runDirectory: string,
  report: Gated & Pick<ConformanceReport, 'skipped' | 'cluster'>,
): Promise<KnownFailuresSection | undefined> {
  const text = await readText(join(runDirectory, knownFailuresFile))
  return text === undefined ? undefined : withGate(settledSection(text, report, report.run.startedAt.slice(0, 10)), report)
}

/** Known failures of a report with the gate that they make of its verdicts. */
export function withGate(section: Omit<KnownFailuresSection, 'gate'>, { guarantees, run }: Gated): KnownFailuresSection {
  return { ...section, gate: gateBy(section, { guarantees, run }) }
}

/** The gate that verdicts and the outcomes of entries make. */
export function gateBy(section: Omit<KnownFailuresSection, 'gate'>, { guarantees, run }: Gated): KnownFailuresSection['gate'] {
  const result = resultOf(knownAsPassed(guarantees, section), run)
  return result === 'success' && section.entries.some(breaksGate) ? 'partial' : result
}

/** Guarantees as the gate counts them: each known failure as Passed. */
export function knownAsPassed(
  guarantees: ConformanceReport['guarantees'],
  section: Omit<KnownFailuresSection, 'gate'>,
): ConformanceReport['guarantees'] {
  return guarantees.map((guarantee) => (knownIn(section, guarantee.id) ? { ...guarantee, verdict: 'Passed' } : guarantee))
}

/** What the exit code of a run says: its result, or what known failures make of it. */
export function gateOf({ result, knownFailures }: Pick<ConformanceReport, 'result' | 'knownFailures'>): ConformanceReport['result'] {
  return knownFailures?.gate ?? result
}
