import './vocabulary/checks.ts'
import './vocabulary/conditions.ts'
import { checkByName, judgeCheck, judgePremise } from './engine/judge/define-check.ts'
import { conditionByName } from './engine/judge/define-condition.ts'
import type { HistoryEntry } from './engine/history/history-entry.ts'
import { UndefinedName } from './engine/judge/undefined-name.ts'
import { judgeWait } from './engine/judge/judge-wait.ts'
import type { JudgementRecord, Reason } from './engine/history/judgement-record.ts'
import { namedAsNow } from './stored-names.ts'

/** A judgement made again: the record of the first time and what comes out now. */
export interface Rejudgement {
  readonly record: JudgementRecord
  readonly outcome: JudgementRecord['outcome']
  readonly reason?: Reason
  /** Nothing loaded defines its check or condition, as with one of one's own. */
  readonly isUndefined?: true
}

/** Makes recorded judgements again over a recorded history, without a cluster, by the checks and conditions of this version. */
export function rejudge(history: readonly HistoryEntry[], judgements: readonly JudgementRecord[]): readonly Rejudgement[] {
  const entries = history.map(withNamespaceSuffix)
  return judgements.map((record) => ({ record, ...judgedAgain(entries, record) }))
}

/** Histories that were stored before the field was renamed call the suffix of an additional namespace `beside`. */
function withNamespaceSuffix(entry: HistoryEntry & { readonly beside?: string }): HistoryEntry {
  const { beside, ...rest } = entry
  return beside === undefined || rest.type !== 'observation' ? entry : { ...rest, namespaceSuffix: beside }
}

function judgedAgain(history: readonly HistoryEntry[], record: JudgementRecord): Omit<Rejudgement, 'record'> {
  const { verb, fromSeq, untilSeq, within, startedAt, kinds = [], reads, subject = 'The history', withinFrom, heldAtFirst } = record
  const { name, params } = namedAsNow(record)
  if (untilSeq > history.length) return unsure(`The history ends at entry ${history.length}; the judgement read up to ${untilSeq}.`)
  try {
    if (verb === 'toUphold') return judgeCheck(checkByName(name, params), history.slice(fromSeq, untilSeq))
    if (verb === 'premise') return judgePremise(checkByName(name, params), history.slice(fromSeq, untilSeq))
    if (within === undefined || startedAt === undefined) return unsure(`The record of ${verb} ${name} has no start or no duration.`)
    const { outcome, reason } = judgeWait(
      {
        verb,
        condition: conditionByName(name, params),
        subject,
        kinds,
        reads,
        fromSeq,
        untilSeq,
        startedAt,
        within,
        withinFrom,
        heldAtFirst,
      },
      history,
    )
    return { outcome, ...(reason && { reason }) }
  } catch (error) {
    return {
      ...unsure(error instanceof Error ? error.message : String(error)),
      ...(error instanceof UndefinedName && { isUndefined: true }),
    }
  }
}

function unsure(summary: string): Omit<Rejudgement, 'record'> {
  return { outcome: 'inconclusive', reason: { summary } }
}
