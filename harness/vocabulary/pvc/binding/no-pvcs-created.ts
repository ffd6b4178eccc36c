import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'

/** A Pod whose volume is to need no objects of its own. */
export interface PodWithoutPvcs {
  readonly pod: string
}

const kinds = ['PersistentVolumeClaim', 'PersistentVolume'] as const

/** A Pod ran, and neither a PersistentVolumeClaim nor a PersistentVolume was made in its namespace. */
export const noPvcsCreated = defineCheck<PodWithoutPvcs>({
  name: 'no-pvcs-created',
  reads: ['Pod', 'PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pod }) => `Pod ${pod} ran without a PersistentVolumeClaim or PersistentVolume being made`,
  judge,
})

function judge({ pod }: PodWithoutPvcs, history: readonly HistoryEntry[]): Judgement {
  const [made] = kinds.flatMap((kind) => observationsOf(history, kind))
  if (made !== undefined)
    return violated(`${made.kind} ${made.object.metadata.name} was made though Pod ${pod} has its volume inline.`, { entries: [made] })
  const ran = observationsOf(history, 'Pod', pod)
  return ran.length > 0 ? { outcome: 'upheld', evaluated: ran.length } : inconclusive(`Pod ${pod} was never seen.`)
}
