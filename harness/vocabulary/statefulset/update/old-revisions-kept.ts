import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import { violated } from '../../../engine/judge/judgement.ts'
import { field, isOwnedBy, observationsOf } from '../../../engine/object.ts'
import { keptOf } from './revisions.ts'

/** A StatefulSet and how many old revisions its `spec.revisionHistoryLimit` allows. */
export interface OldRevisions {
  readonly statefulSet: string
  readonly limit: number
}

/**
 * A revision of a StatefulSet is only deleted while as many newer old ones are kept as `spec.revisionHistoryLimit` says, beside the one
 * in use.
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#revision-history
 */
export const oldRevisionsKept = defineCheck<OldRevisions>({
  name: 'old-revisions-kept',
  reads: ['ControllerRevision'],
  describe: ({ statefulSet, limit }) => `StatefulSet ${statefulSet} keeps its newest ${limit} old revisions`,
  judge,
})

function judge({ statefulSet, limit }: OldRevisions, history: readonly HistoryEntry[]): Judgement {
  const observations = observationsOf(history, 'ControllerRevision').filter(({ object }) =>
    isOwnedBy(object, { kind: 'StatefulSet', name: statefulSet }),
  )
  for (const deleted of observations.filter(({ event }) => event === 'DELETED')) {
    const before = history.slice(0, history.indexOf(deleted))
    const newer = keptOf(before, statefulSet).filter((one) => numberOf(one) > numberOf(deleted.object))
    if (newer.length > limit) continue
    const seen = newer.length === 0 ? 'no newer one was' : `only ${newer.map(numberOf).join(', ')} of those after it were`
    const why = `Revision ${numberOf(deleted.object)} of StatefulSet ${statefulSet} was deleted while ${seen} there: ${limit} old must be kept.`
    return violated(why, { entries: [deleted] })
  }
  return { outcome: 'upheld', evaluated: observations.length }
}

function numberOf(revision: Observation['object']): number {
  return Number(field(revision, 'revision'))
}
