import type { JudgementRecord } from '../history/judgement-record.ts'
import { compareActs } from './act-rules.ts'
import type { AuditComparison, Compared, Disagreement, Sources } from './comparison.ts'
import { missingWrites } from './missing-writes.ts'
import { sourcesOf } from './sources.ts'
import { compareVersions } from './version-rules.ts'

/** Milliseconds by which the two clocks may differ before it is told. */
const toldFrom = 1000

/** Compares the history of a guarantee with what the audit log of the API server says. It reads nothing but these two. */
export function compareAudit(compared: Compared): AuditComparison {
  const sources = sourcesOf(compared)
  const { versions, disagreements } = compareVersions(sources)
  const acts = compareActs(sources)
  return {
    events: sources.events.length,
    versions,
    acts: acts.acts,
    disagreements: [...acts.disagreements, ...disagreements, ...missingWrites(sources)],
    undecided: undecidedIn(sources),
  }
}

/** What the two sources do not let anybody know, in sentences. */
function undecidedIn({ isWhole, offset, namespace }: Sources): readonly string[] {
  const whole = isWhole
    ? []
    : [
        `The audit log of ${namespace} is not whole: it lacks the creation of the namespace or the end of the guarantee. ` +
          'What the history has and the log has not was not looked for.',
      ]
  if (offset === undefined) return whole
  const { low, high } = offset
  if (low - high > toldFrom) {
    const by = ((low - high) / 1000).toFixed(1)
    return [...whole, `The clock of the API server and that of this machine moved against each other by ${by} s while the guarantee ran.`]
  }
  const apart = low > 0 ? low : high < 0 ? -high : 0
  if (apart <= toldFrom) return whole
  const where = low > 0 ? 'behind' : 'ahead of'
  return [...whole, `The clock of the API server is ${(apart / 1000).toFixed(1)} s ${where} that of this machine, which was reckoned with.`]
}

/**
 * The disagreements that contradict what a judgement rests on: it read the kind, and the entries that show it. A judgement that did not
 * look there stands.
 */
export function contradicting(
  disagreements: readonly Disagreement[],
  judgements: readonly Pick<JudgementRecord, 'reads' | 'kinds' | 'untilSeq'>[],
): readonly Disagreement[] {
  return disagreements.filter(({ kind, entries }) =>
    judgements.some(({ reads, kinds, untilSeq }) => {
      const isRead = kind === undefined || (reads ?? kinds ?? [kind]).includes(kind)
      return isRead && (entries.length === 0 || entries.some((seq) => seq < untilSeq))
    }),
  )
}
